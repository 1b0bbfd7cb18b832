import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { SpanEvidence } from '../../../../src/model/evidence.js';
import { isShown, isSpan, markClass, scrollIntoPane, type Mark, type SourceProps } from './marks.js';

interface TextSourceProps extends SourceProps {
  readonly text: string;
}

/** Part of the text: with the marks that cover all of it, or none. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly mark: Mark<SpanEvidence> | null;
}

/** The decoded text with the characters marked that values were read from. Shown as text only: nothing in it is markup. */
export function TextSource({ text, marks, selected, onSelect }: TextSourceProps) {
  const pane = useRef<HTMLDivElement>(null);
  const pieces = useMemo(
    () =>
      piecesOf(
        text,
        marks.filter(isSpan).filter((one) => isShown(one, selected)),
        selected,
      ),
    [text, marks, selected],
  );
  useEffect(() => {
    if (selected === null) return;
    scrollIntoPane(pane.current?.querySelector('mark.selected') ?? null, pane.current);
  }, [selected, text]);
  return (
    <div class="source-body">
      <div class="source-pane" ref={pane} tabIndex={0}>
        <pre class="source-text">
          {pieces.map(({ start, end, mark }) =>
            mark === null ? (
              text.slice(start, end)
            ) : (
              <mark
                key={start}
                class={`${markClass(mark, selected)}${start === end ? ' empty' : ''}`}
                data-cell={mark.id}
                title={mark.title}
                onClick={() => onSelect(mark.id)}
              >
                {text.slice(start, end)}
              </mark>
            ),
          )}
        </pre>
      </div>
    </div>
  );
}

/** The text cut at every mark; where marks overlap the selected one wins, then the one that starts first. */
function piecesOf(text: string, marks: readonly Mark<SpanEvidence>[], selected: string | null): Piece[] {
  const usable = marks
    .map((mark) => ({
      start: Math.max(0, mark.evidence.start),
      end: Math.min(text.length, mark.evidence.end),
      mark,
    }))
    // An empty cell has a place and no characters: a mark without text shows where.
    .filter(({ start, end, mark }) => end > start || (end === start && mark.id === selected));
  const first = usable.filter(({ mark }) => mark.id === selected);
  const others = usable.filter(
    (one) =>
      one.mark.id !== selected && !first.some((other) => one.start < other.end && other.start < one.end),
  );
  const inOrder = [...first, ...others].sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let at = 0;
  for (const one of inOrder) {
    if (one.start < at) continue;
    if (one.start > at) pieces.push({ start: at, end: one.start, mark: null });
    pieces.push(one);
    at = one.end;
  }
  if (at < text.length) pieces.push({ start: at, end: text.length, mark: null });
  return pieces;
}
