import type { EvidenceRow } from './evidence-rows.js';
import type { AcrossTable } from './form.js';
import { type Labelled, prepareText, scoreLabels } from './match-label.js';
import { onceEach } from '../text/once-each.js';
import { isValueLike, type Slot } from './slot.js';

/** A head has to be at least this similar to its label. */
const MIN_HEAD = 0.72;
/** From this similarity on a text with blanks in it is one head and not several. */
const SURE_HEAD = 0.9;

/** A printed head of a column (`leaf`) or of a group of columns. */
export interface Head {
  readonly kind: 'leaf' | 'group' | 'span';
  /** Which column, group or span of the form it names. */
  readonly index: number;
  readonly slot: Slot;
  /** The row it stands in. */
  readonly row: EvidenceRow;
  readonly score: number;
}

/** Every text of the table's heads with what it names. */
const headTargets = onceEach((table: AcrossTable) => {
  const heads = [
    ...table.columns.map(({ labels }, index) => ({ kind: 'leaf' as const, index, labels })),
    ...table.groups.map(({ labels }, index) => ({ kind: 'group' as const, index, labels })),
    ...table.spans.map(({ labels }, index) => ({ kind: 'span' as const, index, labels })),
  ];
  return heads satisfies readonly (Labelled & Omit<Head, 'slot' | 'row' | 'score'>)[];
});

/** The head that a cell of `row` holds, or the heads where each of its words is one. */
export function headsOf(slot: Slot, row: EvidenceRow, table: AcrossTable): Head[] {
  if (isValueLike(slot)) return [];
  const whole = headIn(slot.text, table);
  const words = whole && whole.score >= SURE_HEAD ? [] : headsInWords(slot.text, table);
  const named = words.length > 0 || !whole ? words : [whole];
  return named.map((head) => ({ slot, row, ...head }));
}

type HeadName = Pick<Head, 'kind' | 'index' | 'score'>;

function headsInWords(text: string, table: AcrossTable): HeadName[] {
  const words = text.trim().split(/[\s\u3000]+/);
  const named: HeadName[] = [];
  for (const word of words.length > 1 ? words : []) {
    const head = headIn(word, table);
    if (!head) return [];
    named.push(head);
  }
  return named;
}

function headIn(text: string, table: AcrossTable): HeadName | null {
  return namedHead(text, table) ?? groupUnderSpan(text, table);
}

/** A head in one cell with the one that stands over it: 行政诉讼（复议后起诉）. */
function groupUnderSpan(text: string, table: AcrossTable): HeadName | null {
  const { bare } = prepareText(text);
  for (const { labels, groups } of table.spans) {
    const span = labels.map((label) => prepareText(label).bare).find((label) => bare.startsWith(label));
    const head = span === undefined ? null : namedHead(bare.slice(span.length), table);
    if (head?.kind === 'group' && groups.includes(head.index)) return head;
  }
  return null;
}

function namedHead(text: string, table: AcrossTable): HeadName | null {
  const targets = headTargets(table);
  const prepared = prepareText(text);
  const scores = scoreLabels(prepared, targets);
  const target = scores.best < MIN_HEAD ? undefined : targets[scores.each.indexOf(scores.best)];
  if (!target || (scores.best < SURE_HEAD && namesSeveral(prepared.bare, table))) return null;
  return { kind: target.kind, index: target.index, score: scores.best };
}

/** Whether a text names several groups, as the title of the section does, or heads that ran together. */
function namesSeveral(bare: string, table: AcrossTable): boolean {
  const named = [...table.groups, ...table.spans].filter(({ labels }) =>
    labels.some((label) => bare.includes(prepareText(label).bare)),
  );
  return named.length > 1;
}
