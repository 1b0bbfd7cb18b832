import type { RowMatch } from './align-rows.js';
import { type ColumnAssignment, type Heads, mayBeTorn } from './assign-columns.js';
import { isBlank } from './doubt-rows.js';
import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import type { FormRow, Identity } from './form.js';
import type { PlacedCell } from './place-values.js';
import type { Slot } from './slot.js';

/** One data row of the form with what was found for it. */
export interface ReadLine {
  readonly row: FormRow;
  readonly keys: readonly string[];
  readonly heads: Heads;
  readonly match: RowMatch | null;
  readonly printed: EvidenceRow | null;
  readonly assignment: ColumnAssignment | null;
  /** Columns whose cell only the identities could tell. */
  readonly chosen: ReadonlyMap<string, PlacedCell>;
}

/** Doubts the lines of a table whose numbers may be those of other columns or rows, as the lines beside them show. */
export function doubtLines(lines: readonly ReadLine[], identities: readonly Identity[]): ReadLine[] {
  return doubtWholes(doubtBesideTorn(doubtBesideWide(doubtLongRows(lines)), identities));
}

/**
 * Where some rows print more numbers than the form has columns (another year's beside the own ones), the blank cells of
 * those that seem to have just enough may be the form's own, and their numbers the others.
 */
function doubtBesideWide(lines: readonly ReadLine[]): ReadLine[] {
  const wide = lines.filter(({ assignment, keys }) => printedOf(assignment).length > keys.length);
  const tables = new Set(wide.map(({ printed }) => printed?.table));
  return lines.map((line) =>
    line.assignment?.basis === 'count' && isLong(line) && tables.has(line.printed?.table)
      ? { ...line, assignment: rivalled(line.assignment) }
      : line,
  );
}

/**
 * A row that stands for others, printed beside them: it repeats their sum, or it is a row that the form lacks and that
 * has a name like its.
 */
function doubtWholes(lines: readonly ReadLine[]): ReadLine[] {
  return lines.map((line) => {
    if (line.row.optional !== true || !line.assignment) return line;
    const parts = lines.filter(
      ({ row, assignment }) => assignment !== null && row.key.startsWith(`${line.row.key}.`),
    );
    const isSum = line.keys.every((_, column) => {
      const sum = parts.reduce((total, part) => total + countAt(part, column), 0);
      return sum === countAt(line, column);
    });
    return parts.length === 0 || isSum ? line : { ...line, assignment: rivalled(line.assignment) };
  });
}

function countAt({ assignment }: ReadLine, column: number): number {
  const parsed = assignment?.slots[column]?.parsed;
  return parsed?.kind === 'number' ? parsed.value : 0;
}

/** Whether a row has more cells than its columns, not counting the empty places of columns of labels. */
function isLong({ assignment, keys }: ReadLine): boolean {
  return (assignment?.values.filter(({ isCovered }) => isCovered !== true).length ?? 0) > keys.length;
}

function printedOf(assignment: ColumnAssignment | null): readonly Slot[] {
  return assignment?.values.filter((slot) => !isBlank(slot)) ?? [];
}

/**
 * A row with more cells than its columns got one from somewhere where the other rows have just as many, or where its
 * values start in another column than theirs.
 */
function doubtLongRows(lines: readonly ReadLine[]): ReadLine[] {
  const counted = lines.filter(({ assignment }) => assignment?.basis === 'count');
  const usual = counted.filter((line) => !isLong(line)).length;
  const isOdd = usual * 2 > counted.length;
  return lines.map((line) =>
    line.assignment?.basis === 'count' && isLong(line) && (isOdd || startsApart(line, counted))
      ? { ...line, assignment: doubted(line.assignment) }
      : line,
  );
}

/** Whether a row's values start in another column than those of most rows of its block and printed table. */
function startsApart({ assignment, printed, keys }: ReadLine, counted: readonly ReadLine[]): boolean {
  const start = assignment?.slots[0]?.column;
  if (start === undefined || !printed || !hasColumns(printed)) return false;
  const others = counted.filter(
    (line) => line.printed?.table === printed.table && line.keys.length === keys.length,
  );
  const alike = others.filter((line) => line.assignment?.slots[0]?.column === start);
  return alike.length * 2 < others.length;
}

/**
 * Where digits of one row stand in cells of their own, those of others may, and fill the place of a blank that was lost: in
 * rows that have no sum to tell.
 */
function doubtBesideTorn(lines: readonly ReadLine[], identities: readonly Identity[]): ReadLine[] {
  const isSummed = ({ keys }: ReadLine): boolean =>
    identities.some(({ sum, equals }) => [...sum, ...equals].every((key) => keys.includes(key)));
  const torn = lines.filter(({ assignment, keys }) => {
    const printed = printedOf(assignment);
    return assignment?.basis === 'guess' && printed.length > keys.length && mayBeTorn(printed);
  });
  const tables = new Set(torn.map(({ printed }) => printed?.table));
  return lines.map((line) => {
    const { assignment, printed } = line;
    const isDoubtful =
      assignment?.basis === 'count' &&
      tables.has(printed?.table) &&
      mayBeTorn(assignment.slots) &&
      !isSummed(line);
    return isDoubtful ? { ...line, assignment: doubted(assignment) } : line;
  });
}

/** An assignment that may be a column off. */
export function doubted(assignment: ColumnAssignment): ColumnAssignment {
  return { ...assignment, unplaced: assignment.unplaced + 1 };
}

/** An assignment that may be wrong although its sums hold: those of other columns or rows hold as well. */
export function rivalled(assignment: ColumnAssignment): ColumnAssignment {
  return { ...doubted(assignment), isRivalled: true };
}
