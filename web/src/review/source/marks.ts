import type { CellId, CellState } from '../cells.js';
import type { BoxEvidence, Evidence, SpanEvidence } from '../../../../src/model/evidence.js';

/** A place in the source that a cell was read from. */
export interface Mark<E extends Evidence = Evidence> {
  readonly id: CellId;
  readonly evidence: E;
  readonly isDoubtful: boolean;
  readonly isSettled: boolean;
  /** The first place of a cell is where the source scrolls to. */
  readonly isFirst: boolean;
  readonly title: string;
}

/** What every way of showing a source is given. */
export interface SourceProps {
  readonly marks: readonly Mark[];
  readonly selected: CellId | null;
  readonly onSelect: (id: CellId) => void;
}

/** The places of all cells, in the order of the form. */
export function marksOf(cells: Iterable<CellState>, titleOf: (cell: CellState) => string): Mark[] {
  const marks: Mark[] = [];
  for (const cell of cells) {
    cell.evidence.forEach((evidence, index) =>
      marks.push({
        id: cell.id,
        evidence,
        isDoubtful: cell.isDoubtful,
        isSettled: cell.settled !== 'no',
        isFirst: index === 0,
        title: titleOf(cell),
      }),
    );
  }
  return marks;
}

export const isBox = (mark: Mark): mark is Mark<BoxEvidence> => mark.evidence.kind === 'box';
export const isSpan = (mark: Mark): mark is Mark<SpanEvidence> => mark.evidence.kind === 'span';

/** How a mark looks, as class names. */
export function markClass(mark: Mark, selected: CellId | null): string {
  const names = ['mark'];
  if (mark.isDoubtful) names.push('doubtful');
  if (mark.isSettled) names.push('settled');
  if (mark.id === selected) names.push('selected');
  return names.join(' ');
}

/** Where meta values stand is often a whole paragraph for several of them: it is shown for the selected one only. */
export function isShown(mark: Mark, selected: CellId | null): boolean {
  return mark.id === selected || mark.id.startsWith('field:');
}

/** Brings an element into view inside its scroller, in the middle, without moving the page itself. */
export function scrollIntoPane(element: Element | null, pane: Element | null): void {
  if (!element || !pane) return;
  const [inner, outer] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
  const isVisible =
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom &&
    inner.left >= outer.left &&
    inner.right <= outer.right;
  if (isVisible) return;
  pane.scrollBy({
    top: inner.top - outer.top - (outer.height - inner.height) / 2,
    left:
      inner.left < outer.left || inner.right > outer.right ? inner.left - outer.left - outer.width / 2 : 0,
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
  });
}
