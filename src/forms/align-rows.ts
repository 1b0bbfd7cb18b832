import type { EvidenceRow } from './evidence-rows.js';
import { trailingValues } from './slot.js';
import type { DownTable, FormRow } from './form.js';
import { type FormLine, formLines } from './form-lines.js';
import { onceEach } from '../text/once-each.js';
import { hasFreeRival, hasOtherCopy, isPieceOfSeveral, leftOverShare } from './rival-rows.js';
import { hasLabelText, LABEL, NO_SCORE, type RowScore, scoreRow } from './score-rows.js';

/** A printed row that was found to be a row of the form. */
export interface RowMatch {
  /** Index of the printed row in the list given. */
  readonly index: number;
  readonly line: FormLine;
  /** How well its label fits, 0 to 1; 0 where the label is lost and only its place speaks. */
  readonly label: number;
  /** Distance to the best other row of the form that its label could name. */
  readonly margin: number;
  /**
   * Another row of the form, not printed elsewhere, could stand here under the same label, or another printed row bears
   * the label with other values.
   */
  readonly isAmbiguous: boolean;
  /**
   * Labels and numbers around it are out of step, or its label is but a piece that several rows have in common: its
   * numbers may be those of another row.
   */
  readonly isOutOfStep: boolean;
}

export interface RowAlignment {
  readonly matches: readonly RowMatch[];
  /** Sum of the scores of the alignment; comparable between readings of the same rows. */
  readonly score: number;
  /** Whether the table starts over further down: the rows behind that point were left out. */
  readonly hasSecondCopy: boolean;
  /** Rows with values that plainly name a row of the form and were not taken for one, a share of those taken (0 to 1). */
  readonly leftOver: number;
}

/** Settings of the alignment, in units of label similarity. */
const ALIGN_SETTINGS = {
  /** What a row is worth by its place alone: right number of values between its neighbours, label lost. */
  placeOnly: 0.2,
  /** Cost of a data row of the form that is not printed. */
  skipFormRow: 0.25,
  /** Cost of a printed row that looks like a row of this form but is left out. */
  skipNamedRow: 0.3,
  /** A row that only heads others counts this share of a row with numbers. */
  headShare: 0.5,
  /** Cost of a data row without any place for a number. */
  noValues: 0.35,
  /** So many clearly named rows make a table one in which rows without label are looked for. */
  anchors: 3,
  /** A row is clearly named from this similarity on. */
  clearLabel: 0.85,
  /**
   * A row plainly named may start a second copy of the table if it is among this share of the first rows and this share of
   * all rows was seen before it.
   */
  firstRows: 0.2,
  mostRows: 0.5,
} as const;

/**
 * Finds the rows of a form among printed rows: the monotone assignment with the best sum of label scores (global
 * alignment by dynamic programming), so that a lost, doubled or misspelt label does not shift the rest.
 */
export function alignRows(rows: readonly EvidenceRow[], table: DownTable): RowAlignment {
  const lines = formLines(table);
  const all = rows.map((row) => scoreRow(row, lines));
  const scores = all.slice(0, startOfSecondCopy(all, lines));
  const path = bestPath(worthOfRows(rows, scores, lines), scores, lines);
  return {
    score: path.score,
    hasSecondCopy: scores.length < all.length,
    leftOver: leftOverShare(rows, scores, new Set(path.pairs.map(({ i }) => i))),
    matches: path.pairs.map(({ i, j }, place) => {
      const { labels, best, second } = scores[i] ?? NO_SCORE;
      const label = labels[j] ?? 0;
      const margin = label - (label === best ? second : best);
      const line = lines[j];
      if (!line) throw new RangeError('alignment points outside the form');
      const [from, to] = [(path.pairs[place - 1]?.j ?? -1) + 1, path.pairs[place + 1]?.j ?? lines.length];
      return {
        index: i,
        line,
        label: label >= LABEL.least ? label : 0,
        margin,
        isOutOfStep: isPieceOfSeveral(label, margin),
        isAmbiguous:
          hasFreeRival(labels, lines, j, from, to) ||
          hasOtherCopy(rows, scores, {
            i,
            j,
            before: path.pairs[place - 1]?.i ?? -1,
            after: path.pairs[place + 1]?.i ?? scores.length,
          }),
      };
    }),
  };
}

/** Whether the texts of a row, if it has any, name a group of rows or nothing, but no row with numbers of its own. */
export function namesNoData(row: EvidenceRow, lines: readonly FormLine[]): boolean {
  const { data, other } = scoreRow(row, lines);
  return data < LABEL.least || other > data;
}

/**
 * Where the table starts over: a clearly named first row behind most of the others. Two reports in one document, or one
 * table printed twice, must not be mixed; the first one counts.
 */
function startOfSecondCopy(scores: readonly RowScore[], lines: readonly FormLine[]): number {
  const data = lines.flatMap(({ row }, j) => (row.kind === 'data' ? [j] : []));
  const seen = new Set<number>();
  for (const [i, { labels, best }] of scores.entries()) {
    if (best < LABEL.sure) continue;
    const line = labels.indexOf(best);
    const isFirst =
      data.indexOf(line) >= 0 && data.indexOf(line) < Math.max(1, data.length * ALIGN_SETTINGS.firstRows);
    if (isFirst && seen.has(line) && seen.size >= data.length * ALIGN_SETTINGS.mostRows) return i;
    if (data.includes(line)) seen.add(line);
  }
  return scores.length;
}

/** Tables in which several rows clearly name rows of the form; others are not searched for lost labels. */
function anchoredTables(rows: readonly EvidenceRow[], scores: readonly RowScore[]): Set<number> {
  const anchors = new Map<number, number>();
  rows.forEach((row, i) => {
    const clear = (scores[i]?.best ?? 0) > ALIGN_SETTINGS.clearLabel ? 1 : 0;
    anchors.set(row.table, (anchors.get(row.table) ?? 0) + clear);
  });
  return new Set([...anchors].flatMap(([table, count]) => (count >= ALIGN_SETTINGS.anchors ? [table] : [])));
}

/** What it is worth to take each printed row for each line of the form; null where it cannot be any of them. */
function worthOfRows(
  rows: readonly EvidenceRow[],
  scores: readonly RowScore[],
  lines: readonly FormLine[],
): (Float64Array | null)[] {
  const anchored = anchoredTables(rows, scores);
  return scores.map(({ labels, best }, i) => {
    const row = rows[i];
    if (!row) throw new RangeError('more scores than rows');
    const isLost =
      anchored.has(row.table) && !hasLabelText(row) && row.slots.some((slot) => slot.parsed.kind !== 'blank');
    if (best < LABEL.least && !isLost) return null;
    const values = trailingValues(row.slots).length;
    const worth = new Float64Array(lines.length);
    for (let j = 0; j < worth.length; j++) worth[j] = worthOf(lines[j], labels[j] ?? 0, values, isLost);
    return worth;
  });
}

/** −∞ where a row cannot be a line. `isLost`: it has numbers and no text, in a table where others name rows of the form. */
function worthOf(line: FormLine | undefined, label: number, values: number, isLost: boolean): number {
  if (!line) return -Infinity;
  if (label >= LABEL.least) {
    if (line.row.kind !== 'data') return label * ALIGN_SETTINGS.headShare;
    return label - (values === 0 ? ALIGN_SETTINGS.noValues : 0);
  }
  const isPlace = isLost && line.row.kind === 'data' && values >= line.block.columns.length;
  return isPlace ? ALIGN_SETTINGS.placeOnly : -Infinity;
}

interface Path {
  readonly score: number;
  readonly pairs: readonly { readonly i: number; readonly j: number }[];
}

/** The step taken into a cell of the alignment; of steps that are equally good the one listed last is taken. */
const STEP = { skipRow: 0, skipLine: 1, match: 2 } as const;

function bestPath(
  worth: readonly (Float64Array | null)[],
  scores: readonly RowScore[],
  lines: readonly FormLine[],
): Path {
  const width = lines.length + 1;
  const best = new Float64Array((worth.length + 1) * width);
  const step = new Uint8Array(best.length);
  const skipLine = skipCosts(lines);
  for (let i = 0; i <= worth.length; i++) {
    const skipRow = (scores[i - 1]?.best ?? 0) > ALIGN_SETTINGS.clearLabel ? -ALIGN_SETTINGS.skipNamedRow : 0;
    const row = worth[i - 1];
    for (let j = i === 0 ? 1 : 0; j < width; j++) {
      const at = i * width + j;
      let top = i > 0 ? (best[at - width] ?? 0) + skipRow : -Infinity;
      let taken: number = STEP.skipRow;
      const withoutLine = j > 0 ? (best[at - 1] ?? 0) + (skipLine[j - 1] ?? 0) : -Infinity;
      if (withoutLine >= top) {
        top = withoutLine;
        taken = STEP.skipLine;
      }
      const matched = row && j > 0 ? (best[at - width - 1] ?? 0) + (row[j - 1] ?? -Infinity) : -Infinity;
      if (matched >= top) {
        top = matched;
        taken = STEP.match;
      }
      best[at] = top;
      step[at] = taken;
    }
  }
  return { score: best[best.length - 1] ?? 0, pairs: traceBack(step, worth.length, width) };
}

/** What leaving out each line adds to the score of an alignment. */
const skipCosts = onceEach((lines: readonly FormLine[]) =>
  Float64Array.from(lines, ({ row }) => -skipCost(row, lines)),
);

/** Parts of an optional row, which it may replace, cost as much together as one row. */
function skipCost(row: FormRow, lines: readonly FormLine[]): number {
  if (row.kind !== 'data' || row.optional === true) return 0;
  const whole = lines.find((line) => line.row.optional === true && row.key.startsWith(`${line.row.key}.`));
  if (!whole) return ALIGN_SETTINGS.skipFormRow;
  const parts = lines.filter((line) => line.row.key.startsWith(`${whole.row.key}.`)).length;
  return ALIGN_SETTINGS.skipFormRow / parts;
}

function traceBack(step: Uint8Array, rows: number, width: number): Path['pairs'] {
  const pairs: { i: number; j: number }[] = [];
  let i = rows;
  let j = width - 1;
  while (i > 0 || j > 0) {
    const taken = step[i * width + j] ?? STEP.skipRow;
    if (taken === STEP.match) {
      i--;
      j--;
      pairs.push({ i, j });
    } else if ((taken === STEP.skipRow && i > 0) || j === 0) i--;
    else j--;
  }
  return pairs.reverse();
}
