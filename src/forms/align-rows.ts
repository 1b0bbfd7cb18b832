import { type EvidenceRow, isValueLike, type Slot } from './evidence-rows.js';
import type { DownTable, FormBlock, FormRow } from './form.js';
import { scoreLabels, prepareText, type PreparedText } from './match-label.js';
import { onceEach } from './once-each.js';

/** A row of the form with the block whose columns it uses. */
export interface FormLine {
  readonly row: FormRow;
  readonly block: FormBlock;
}

/** A printed row that was found to be a row of the form. */
export interface RowMatch {
  /** Index of the printed row in the list given. */
  readonly index: number;
  readonly line: FormLine;
  /** How well its label fits, 0 to 1; 0 where the label is lost and only its place speaks. */
  readonly label: number;
  /** Distance to the best other row of the form that its label could name. */
  readonly margin: number;
  /** Another row of the form, not printed elsewhere, could stand here under the same label. */
  readonly isAmbiguous: boolean;
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
  /** A label has to be at least this similar. */
  minLabel: 0.55,
  /** What a row is worth by its place alone: right number of values between its neighbours, label lost. */
  placeOnly: 0.2,
  /** Cost of a data row of the form that is not printed. */
  skipFormRow: 0.25,
  /** Cost of a printed row that looks like a row of this form but is left out. */
  skipNamedRow: 0.3,
  /** Candidates that do not end beside the values are worth this much less. */
  awayFromValues: 0.25,
  /** A row that only heads others counts this share of a row with numbers. */
  headShare: 0.5,
  /** How many texts in front of the values may make up a label. */
  maxLabelTexts: 12,
  /** Cost of a data row without any place for a number. */
  noValues: 0.35,
  /** A row of cells has at most this many texts (group, sub-group, label); each further one makes it less a row. */
  usualTexts: 3,
  surplusText: 0.12,
  /** So many clearly named rows make a table one in which rows without label are looked for. */
  anchors: 3,
  /** A row is clearly named from this similarity on. */
  clearLabel: 0.85,
  /** Labels that differ by less than this fit equally well. */
  asGood: 0.05,
  /** A row named like this may start a second copy of the table … */
  sureLabel: 0.95,
  /** … if it is among this share of the first rows and this share of all rows was seen before it. */
  firstRows: 0.2,
  mostRows: 0.5,
} as const;

/** All rows of a `down` table in printed order; always the same list for the same table. */
export const formLines = onceEach((table: DownTable): readonly FormLine[] =>
  table.blocks.flatMap((block) => block.rows.map((row) => ({ row, block }))),
);

/** The rows of a list of lines, always the same list for the same lines: scores are remembered under it. */
const formRows = onceEach((lines: readonly FormLine[]): readonly FormRow[] => lines.map(({ row }) => row));

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
      const line = lines[j];
      if (!line) throw new RangeError('alignment points outside the form');
      const [from, to] = [(path.pairs[place - 1]?.j ?? -1) + 1, path.pairs[place + 1]?.j ?? lines.length];
      return {
        index: i,
        line,
        label: label >= ALIGN_SETTINGS.minLabel ? label : 0,
        margin: label - (label === best ? second : best),
        isAmbiguous: hasFreeRival(labels, lines, j, from, to),
      };
    }),
  };
}

function leftOverShare(
  rows: readonly EvidenceRow[],
  scores: readonly RowScore[],
  taken: ReadonlySet<number>,
): number {
  const left = scores.filter(
    ({ data }, i) =>
      data >= ALIGN_SETTINGS.sureLabel && !taken.has(i) && trailingValues(rows[i]?.slots ?? []).length > 0,
  ).length;
  return Math.min(1, left / Math.max(1, taken.size));
}

/** Whether a row of the form that nothing else was taken for, and that could stand at this place, fits as well. */
function hasFreeRival(
  labels: Float64Array,
  lines: readonly FormLine[],
  chosen: number,
  from: number,
  to: number,
): boolean {
  const label = labels[chosen] ?? 0;
  if (label < ALIGN_SETTINGS.minLabel) return false;
  for (let j = from; j < to; j++) {
    const isRival = j !== chosen && lines[j]?.row.kind === 'data';
    if (isRival && (labels[j] ?? 0) > label - ALIGN_SETTINGS.asGood) return true;
  }
  return false;
}

interface RowScore {
  /** Label score against every line of the form. */
  readonly labels: Float64Array;
  /** The best of them, at least 0, and the best of the others. */
  readonly best: number;
  readonly second: number;
  /** The best against lines with numbers, and against those that only head others. */
  readonly data: number;
  readonly other: number;
}

const NO_SCORE: RowScore = { labels: new Float64Array(), best: 0, second: 0, data: 0, other: 0 };

/** What a row's texts say, worked out once for all forms and readings: rows read with less trust share their slots. */
interface RowTexts {
  readonly isStream: boolean;
  readonly candidates: readonly Candidate[];
  readonly scores: Map<readonly FormLine[], RowScore>;
}

interface Candidate {
  readonly text: PreparedText;
  readonly discount: number;
}

const textsOfRows = new WeakMap<readonly Slot[], RowTexts>();

function rowTexts(row: EvidenceRow): RowTexts {
  const known = textsOfRows.get(row.slots);
  const isStream = row.geometry === 'stream';
  if (known?.isStream === isStream) return known;
  const made = { isStream, candidates: findCandidates(row), scores: new Map() };
  textsOfRows.set(row.slots, made);
  return made;
}

function scoreRow(row: EvidenceRow, lines: readonly FormLine[]): RowScore {
  const texts = rowTexts(row);
  const known = texts.scores.get(lines);
  if (known) return known;
  const score = scoreCandidates(texts.candidates, lines);
  texts.scores.set(lines, score);
  return score;
}

function scoreCandidates(candidates: readonly Candidate[], lines: readonly FormLine[]): RowScore {
  const labels = new Float64Array(lines.length);
  const targets = formRows(lines);
  let isNamed = false;
  for (const { text, discount } of candidates) {
    const scores = scoreLabels(text, targets);
    if (scores.best <= discount) continue;
    isNamed = true;
    for (let j = 0; j < labels.length; j++) {
      const score = (scores.each[j] ?? 0) - discount;
      if (score > (labels[j] ?? 0)) labels[j] = score;
    }
  }
  return isNamed ? sumUp(labels, lines) : nothingNamed(lines);
}

/** The score of a row that names no line, kept once for all such rows. */
const nothingNamed = onceEach((lines: readonly FormLine[]) => sumUp(new Float64Array(lines.length), lines));

function sumUp(labels: Float64Array, lines: readonly FormLine[]): RowScore {
  let [best, second, data, other] = [0, 0, 0, 0];
  for (let j = 0; j < labels.length; j++) {
    const score = labels[j] ?? 0;
    second = Math.max(second, Math.min(best, score));
    best = Math.max(best, score);
    if (lines[j]?.row.kind === 'data') data = Math.max(data, score);
    else other = Math.max(other, score);
  }
  return { labels, best, second, data, other };
}

/** Whether the texts of a row, if it has any, name a group of rows or nothing, but no row with numbers of its own. */
export function namesNoData(row: EvidenceRow, lines: readonly FormLine[]): boolean {
  const { data, other } = scoreRow(row, lines);
  return data < ALIGN_SETTINGS.minLabel || other > data;
}

/** The most that any alignment of the rows can score: every line of the form named by the row that fits it best. */
export function alignmentBound(rows: readonly EvidenceRow[], table: DownTable): number {
  const lines = formLines(table);
  const worth = new Float64Array(lines.length);
  for (const row of rows) {
    const { labels, best } = scoreRow(row, lines);
    if (best < ALIGN_SETTINGS.minLabel) continue;
    for (let j = 0; j < worth.length; j++) {
      const label = labels[j] ?? 0;
      const share = lines[j]?.row.kind === 'data' ? 1 : ALIGN_SETTINGS.headShare;
      if (label >= ALIGN_SETTINGS.minLabel) worth[j] = Math.max(worth[j] ?? 0, label * share);
    }
  }
  return worth.reduce((sum, one, j) => sum + Math.max(one, placeWorth(lines[j])), 0);
}

function placeWorth(line: FormLine | undefined): number {
  return line?.row.kind === 'data' ? ALIGN_SETTINGS.placeOnly : 0;
}

/** The texts of a row that may be its label: each alone, and neighbours joined, nearest to the values first. */
function findCandidates(row: EvidenceRow): Candidate[] {
  const all = row.slots.filter((slot) => !isValueLike(slot) && !slot.isUnit).map((slot) => slot.text);
  const surplus = row.geometry === 'stream' ? 0 : Math.max(0, all.length - ALIGN_SETTINGS.usualTexts);
  const texts = all.slice(-ALIGN_SETTINGS.maxLabelTexts);
  const candidates: Candidate[] = [];
  for (let end = texts.length; end > 0; end--) {
    const longest = end === texts.length ? texts.length : Math.min(end, 3);
    for (let length = 1; length <= longest; length++) {
      const text = prepareText(texts.slice(end - length, end).join(''));
      const away = end === texts.length ? 0 : ALIGN_SETTINGS.awayFromValues;
      candidates.push({ text, discount: away + surplus * ALIGN_SETTINGS.surplusText });
    }
  }
  return candidates;
}

/**
 * Where the table starts over: a clearly named first row behind most of the others. Two reports in one document, or one
 * table printed twice, must not be mixed; the first one counts.
 */
function startOfSecondCopy(scores: readonly RowScore[], lines: readonly FormLine[]): number {
  const data = lines.flatMap(({ row }, j) => (row.kind === 'data' ? [j] : []));
  const seen = new Set<number>();
  for (const [i, { labels, best }] of scores.entries()) {
    if (best < ALIGN_SETTINGS.sureLabel) continue;
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
      anchored.has(row.table) &&
      rowTexts(row).candidates.length === 0 &&
      row.slots.some((slot) => slot.parsed.kind !== 'blank');
    if (best < ALIGN_SETTINGS.minLabel && !isLost) return null;
    const values = trailingValues(row.slots).length;
    const worth = new Float64Array(lines.length);
    for (let j = 0; j < worth.length; j++) worth[j] = worthOf(lines[j], labels[j] ?? 0, values, isLost);
    return worth;
  });
}

/** −∞ where a row cannot be a line. `isLost`: it has numbers and no text, in a table where others name rows of the form. */
function worthOf(line: FormLine | undefined, label: number, values: number, isLost: boolean): number {
  if (!line) return -Infinity;
  if (label >= ALIGN_SETTINGS.minLabel) {
    if (line.row.kind !== 'data') return label * ALIGN_SETTINGS.headShare;
    return label - (values === 0 ? ALIGN_SETTINGS.noValues : 0);
  }
  const isPlace = isLost && line.row.kind === 'data' && values >= line.block.columns.length;
  return isPlace ? ALIGN_SETTINGS.placeOnly : -Infinity;
}

/** The values behind the last text of a row. */
export function trailingValues(slots: readonly Slot[]): Slot[] {
  let start = slots.length;
  while (start > 0 && isValueLike(slots[start - 1] as Slot)) start--;
  return slots.slice(start);
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
