import { namesNoData, type RowMatch } from './align-rows.js';
import type { EvidenceRow } from './evidence-rows.js';
import { isValueLike, type Slot, trailingValues } from './slot.js';
import type { FormLine } from './form-lines.js';
import { type PreparedText, prepareText } from './match-label.js';
import { bestScore, LABEL, lineNamed } from './score-rows.js';

/** Marks rows as ambiguous whose numbers may belong to the row above or below: the printed rows around them do not fit. */
export function doubtRows(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const besideOrphans = doubtStandIns(doubtBesideOrphans(matches, rows, lines), rows, lines);
  const inStep = doubtNextLabels(besideOrphans, rows, lines);
  const whole = inStep.map((match) =>
    holdsTwoRows(rows[match.index], lines) ? { ...match, isAmbiguous: true, isOutOfStep: true } : match,
  );
  return doubtBetweenSeams(doubtOutOfStep(whole, rows, lines), rows, lines);
}

/**
 * Whether lines of one cell name different rows with numbers, and none better as a whole, as the lines of one label do:
 * their numbers stand one above the other as well.
 */
function holdsTwoRows(row: EvidenceRow | undefined, lines: readonly FormLine[]): boolean {
  const stacked = row?.slots.filter((slot) => !isValueLike(slot) && slot.text.includes('\n')) ?? [];
  return stacked.some(({ text }) => {
    const printed = text.split('\n');
    const named = printed.map((line) => lineNamed(line, lines));
    if (new Set(named.filter((line) => line?.row.kind === 'data')).size < 2) return false;
    return bestScore(printed.join(''), lines) <= Math.max(...printed.map((line) => bestScore(line, lines)));
  });
}

/** The first words of a label with its numeral, at the end of a row's texts: `…公开 3. 危`. */
const LAST_LABEL =
  /(?:^|[\s\p{Script=Han}])(?:\d{1,2} ?[.、]|[（(][一二三四五六七]）?\)?|[一二三四]、)\s*(?:\p{Script=Han} ?){1,12}$/u;

/**
 * Numbers that stand in the midst of the next row's label (公开 3. 危 | 0 | 0) are its own, though the row bears the rest
 * of another label.
 */
function doubtNextLabels(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  return matches.map((match) => {
    const row = rows[match.index];
    if (match.line.row.kind !== 'data' || row?.geometry !== 'stream') return match;
    const texts = row.slots.filter((slot) => !isValueLike(slot) && !slot.isUnit).map(({ text }) => text);
    const start = LAST_LABEL.exec(texts.join(' ').trim())?.[0];
    if (start === undefined) return match;
    const printed = prepareText(start.trim());
    const fit = (line: FormLine): number => startFit(printed, line);
    const own = fit(match.line);
    const isNext = lines.slice(lines.indexOf(match.line) + 1).some((line) => fit(line) > own);
    return isNext ? { ...match, isAmbiguous: true, isOutOfStep: true } : match;
  });
}

/** 1 where a line's label starts with a text, 2 where its numeral is the same, too; else 0. */
function startFit({ bare, numeral }: PreparedText, { row: { labels } }: FormLine): number {
  const known = labels.map(prepareText);
  if (!known.some((label) => label.bare.startsWith(bare))) return 0;
  return known[0]?.numeral === numeral ? 2 : 1;
}

/**
 * A row that may stand for its parts is doubtful where a row that was left out plainly names one of them, and where some
 * of them have numbers and others none, which its own may be.
 */
function doubtStandIns(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const taken = new Set(matches.map(({ index }) => index));
  const filled = new Set(matches.flatMap(({ line, index }) => (isFilled(rows[index]) ? [line] : [])));
  const isLeftOut = (line: FormLine): boolean =>
    rows.some((row, at) => {
      const named = taken.has(at) ? null : lineNamed(lastText(row), lines);
      return named !== null && isPart(named, line) && trailingValues(row.slots).length > 0;
    });
  const isDoubtful = ({ line }: RowMatch): boolean => {
    if (line.row.optional !== true) return false;
    const parts = lines.filter((part) => isPart(part, line));
    const found = parts.filter((part) => filled.has(part)).length;
    return (found > 0 && found < parts.length) || isLeftOut(line);
  };
  return matches.map((match) => (isDoubtful(match) ? { ...match, isAmbiguous: true } : match));
}

/**
 * In a stream a row without numbers, or one that was not found at all, and one with the numbers of several, whole rows
 * between them, tell that the numbers of all these rows may stand a row too far up or down.
 */
function doubtBetweenSeams(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const data = lines.filter(({ row }) => row.kind === 'data' && row.optional !== true);
  const doubted = new Set<number>();
  let last = { at: 0, excess: 0 };
  // The seams that no other one has made up for yet, all alike.
  const open: (typeof last)[] = [];
  const takeSeam = (at: number, excess: number): void => {
    if (excess === 0) return;
    const seam = open.at(-1);
    const opposite = seam && seam.excess !== excess ? open.pop() : undefined;
    if (!opposite) open.push({ at, excess });
    const from = last.excess === -excess ? Math.min(last.at, opposite?.at ?? at) : (opposite?.at ?? at + 1);
    for (let i = from; i <= at; i++) doubted.add(i);
    last = { at, excess };
  };
  let next = 0;
  matches.forEach((match, at) => {
    const place = data.indexOf(match.line);
    if (place > next && rows[match.index]?.geometry === 'stream') takeSeam(at, -1);
    if (place >= 0) next = place + 1;
    const excess = excessOf(match, rows[match.index]);
    for (let i = 0; i < Math.abs(excess); i++) takeSeam(at, Math.sign(excess));
  });
  return matches.map((match, at) =>
    doubted.has(at) ? { ...match, isAmbiguous: true, isOutOfStep: true } : match,
  );
}

/** How many rows' values too many a row of a stream has; −1 where it has none. */
function excessOf({ line }: RowMatch, row: EvidenceRow | undefined): number {
  if (line.row.kind !== 'data' || row?.geometry !== 'stream') return 0;
  const count = trailingValues(row.slots).length;
  if (count === 0) return -1;
  const width = line.block.columns.length;
  return count % width === 0 ? count / width - 1 : 0;
}

/** Numbers without a label that no row of the form was found for may belong to the row above or below them. */
function doubtBesideOrphans(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const taken = new Map(matches.map((match) => [match.index, match]));
  const orphans = rows.flatMap((row, i) =>
    !taken.has(i) && (isLoose(row, lines) || continues(row, taken.get(i - 1), rows, lines)) ? [i] : [],
  );
  return matches.map((match, i) => {
    const [from, to] = [matches[i - 1]?.index ?? -1, matches[i + 1]?.index ?? rows.length];
    const row = rows[match.index];
    const isBeside = orphans.some(
      (at) =>
        at > from && at < to && (rows[at]?.table === row?.table || goesOnOverleaf(match.index, at, rows)),
    );
    const goesOn = orphans.includes(match.index + 1) && continues(rows[match.index + 1], match, rows, lines);
    // Sums within a row hold for the numbers of either.
    if (isContinued(match, rows, lines)) return { ...match, isAmbiguous: true, isOutOfStep: true };
    return isBeside || goesOn ? { ...match, isAmbiguous: true } : match;
  });
}

/** A row without numbers at the end of a page may have them at the top of the next, below its heads and without a label. */
function goesOnOverleaf(at: number, orphan: number, rows: readonly EvidenceRow[]): boolean {
  const [row, next] = [rows[at], rows[orphan]];
  if (!row || !next || orphan <= at) return false;
  const areHeads = rows.slice(at + 1, orphan).every(({ slots }) => trailingValues(slots).length === 0);
  return areHeads && trailingValues(row.slots).every(isBlank) && isUnlabelled(next);
}

/** Numbers that no label of a row stands beside, but for words of a head that they were joined to. */
function isLoose(row: EvidenceRow, lines: readonly FormLine[]): boolean {
  return isBareValues(row, lines) || (row.isTorn === true && !trailingValues(row.slots).every(isBlank));
}

/** Whether a row with values goes on with the label of the row above it. */
function continues(
  row: EvidenceRow | undefined,
  above: RowMatch | undefined,
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): boolean {
  const start = above && above.label < 1 ? rows[above.index] : undefined;
  if (!above || !start || !row || !isFilled(row)) return false;
  return lineNamed(lastText(start) + lastText(row), lines, above.label) === above.line;
}

/** Whether the label of a row goes on with that of the row above it, which has values of its own. */
function isContinued(
  { index, label, line }: RowMatch,
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): boolean {
  const [above, row] = [rows[index - 1], rows[index]];
  if (label === 1 || !row || !above || !isFilled(above)) return false;
  return lineNamed(lastText(above) + lastText(row), lines, label) === line;
}

/** The text nearest to the values of a row, empty where it has none. */
export function lastText({ slots }: EvidenceRow): string {
  return slots.findLast((slot) => !isValueLike(slot) && !slot.isUnit)?.text ?? '';
}

/**
 * Where one printed row bears the labels of two rows of the form, labels and numbers are out of step: one line of numbers
 * stands too far up or down from there to the next row of numbers without a label, or to the end of the table.
 */
function doubtOutOfStep(
  matches: readonly RowMatch[],
  rows: readonly EvidenceRow[],
  lines: readonly FormLine[],
): RowMatch[] {
  const named = new Set(matches.filter(({ label }) => label >= LABEL.plain).map(({ line }) => line));
  const doubles = rows.flatMap((row, i) => (bearsTwoLabels(row, lines, named) ? [i] : []));
  if (doubles.length === 0) return [...matches];
  const lost = new Set(matches.filter(({ label }) => label === 0).map(({ index }) => index));
  const bare = rows.flatMap((row, i) => (lost.has(i) || isBareValues(row, lines) ? [i] : []));
  const stretches = doubles.map((at) => stretchAround(at, rows, doubles, bare));
  return matches.map((match) =>
    stretches.some(([from, to]) => match.index >= from && match.index <= to)
      ? { ...match, isAmbiguous: true, isOutOfStep: true }
      : match,
  );
}

/** The rows from the first to the last place of a table where labels and numbers are out of step. */
function stretchAround(
  double: number,
  rows: readonly EvidenceRow[],
  doubles: readonly number[],
  bare: readonly number[],
): [from: number, to: number] {
  const isNear = (at: number): boolean => rows[at]?.table === rows[double]?.table;
  const seams = [...doubles, ...bare].filter(isNear);
  const hasEnd = bare.some((at) => isNear(at) && at > double);
  return [Math.min(...seams), hasEnd ? Math.max(...seams) : rows.findLastIndex((_, at) => isNear(at))];
}

/** Whether two cells of a row name rows with numbers of which neither is a part of the other nor both are found elsewhere. */
function bearsTwoLabels(row: EvidenceRow, lines: readonly FormLine[], named: ReadonlySet<FormLine>): boolean {
  const own = row.slots.flatMap((slot) => {
    const line = isValueLike(slot) || slot.isUnit ? null : lineNamed(slot.text, lines);
    return line?.row.kind === 'data' && line.row.optional !== true ? [{ line, at: slot.printedRow }] : [];
  });
  return own.some((a) =>
    own.some(
      (b) =>
        a.line !== b.line &&
        a.at !== undefined &&
        a.at === b.at &&
        !isPart(a.line, b.line) &&
        !isPart(b.line, a.line) &&
        !(named.has(a.line) && named.has(b.line)),
    ),
  );
}

function isPart(part: FormLine, whole: FormLine): boolean {
  return part.row.key.startsWith(`${whole.row.key}.`);
}

/** Numbers without a label of their own; a unit or a group's name beside them is not one. */
export function isBareValues(row: EvidenceRow, lines: readonly FormLine[]): boolean {
  const values = trailingValues(row.slots);
  if (values.every(isBlank)) return false;
  return isUnlabelled(row) || (values.length > 1 && namesNoData(row, lines));
}

function isUnlabelled({ slots }: EvidenceRow): boolean {
  return slots.every((slot) => isValueLike(slot) || slot.isUnit);
}

export function isBlank(slot: Slot): boolean {
  return slot.parsed.kind === 'blank';
}

/** Whether a row has a number or a mark. */
function isFilled(row: EvidenceRow | undefined): boolean {
  return row !== undefined && !trailingValues(row.slots).every(isBlank);
}
