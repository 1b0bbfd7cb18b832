import { settleStruck, STRUCK_CONFIDENCE } from '../../text/struck.js';
import type { Flow, FlowCell, FlowText } from './flow.js';

/** Told of every line that another takes the place of. */
type OnChange = (before: FlowText, after: FlowText) => void;

/** Running text without what is struck out of each line; lines that are struck out whole stay as printed. */
export function settleLines(content: readonly Flow[], onChange?: OnChange): readonly Flow[] {
  return content.map((item) => {
    if (item.kind !== 'text') return item;
    const { text } = settleStruck(item.text);
    if (text === item.text) return item;
    const after = { ...item, text: text.trim() };
    onChange?.(item, after);
    return after;
  });
}

/**
 * What a cell says without what is struck out of it, line by line and whole lines too where others stand beside them.
 * A cell that is struck out whole keeps its text in doubt; one with tables in it holds running text.
 */
export function settleCell(
  content: readonly Flow[],
  onChange?: OnChange,
): Pick<FlowCell, 'content' | 'confidence'> {
  if (content.some((item) => item.kind === 'table')) return { content: settleLines(content, onChange) };
  const settled = content.map((item) => (item.kind === 'text' ? settleStruck(item.text) : null));
  if (settled.some((one) => one && !one.isStruck)) {
    return {
      content: settleLines(
        content.filter((_, i) => settled[i]?.isStruck !== true),
        onChange,
      ),
    };
  }
  return content.length === 0
    ? { content }
    : { content: settleLines(content, onChange), confidence: STRUCK_CONFIDENCE };
}
