import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import { prepareText } from './match-label.js';
import { isValueLike, type Slot } from './slot.js';

/** Heads of columns that no form has, whatever stands below them. */
const SERIAL = /^(?:序号|编号|行次)$/;
const REMARKS = /^(?:备注|说明|情况说明)$/;
const CHANGE = /同比|环比|增长率|增幅|增减(?:率|幅|比例|百分比|%)|较上年/;
const SUBTOTAL = /^小计$/;
const TOTAL = /^(?:总计|合计|总数)$/;
/** Names of years at the front of a head or label. */
const THIS_YEAR = /^(?:本年度?|今年|当年|本期)/;
const LAST_YEAR = /^(?:(?:上一?年度?|去年)(?:同期)?|上期)/;
const YEAR = /^(20\d\d)年?度?/;
/** Told before a text is folded, which costs more. */
const MAY_NAME_YEAR = /年|[2２][0０]/;
/** What statistical forms number their columns of words with, below the heads. */
const COLUMN_LETTER = /^\s*[甲乙丙丁戊己庚辛]\s*$/;
/** A head with more characters says something else besides. */
const LONGEST_HEAD = 16;

/**
 * Rows without the columns, and the rows, that hold what no form asks for and say so: serial numbers, remarks, changes
 * against the year before, another year's numbers beside the report's own (`year`), subtotals beside totals. Only where
 * the source has columns; a cell that reaches beyond such a column stays.
 */
export function withoutForeignColumns(rows: readonly EvidenceRow[], year: number | null): EvidenceRow[] {
  const foreign = findForeignHeads(rows, year);
  const otherYears = findOtherYears(rows, year);
  if (foreign.size === 0 && otherYears.size === 0) return [...rows];
  let open: ForeignHead[] = [];
  return rows.flatMap((row) => {
    open = open.filter((head) => head.table === row.table && !isHeadedAnew(head, row));
    open.push(...(foreign.get(row) ?? []));
    if (otherYears.has(row)) return [];
    const kept = row.slots.filter((slot) => !open.some((head) => isWithin(slot, head.slot)));
    return kept.length === row.slots.length ? [row] : [{ ...row, slots: kept }];
  });
}

interface ForeignHead {
  readonly table: number;
  readonly slot: Slot;
  /** Words may stand below it. */
  readonly isRemarks: boolean;
}

function findForeignHeads(
  rows: readonly EvidenceRow[],
  year: number | null,
): ReadonlyMap<EvidenceRow, readonly ForeignHead[]> {
  const found = new Map<EvidenceRow, ForeignHead[]>();
  const hasTotals = (table: number): boolean => rows.some((row) => row.table === table && hasTotalHead(row));
  for (const row of rows) {
    if (!hasColumns(row) || !isHeadRow(row)) continue;
    const names = row.slots.map(({ text }) => headName(text));
    const heads = row.slots.filter((_, i) => {
      const name = names[i] ?? '';
      if (name === '' || name.length > LONGEST_HEAD) return false;
      if (SERIAL.test(name) || REMARKS.test(name) || CHANGE.test(name)) return true;
      if (SUBTOTAL.test(name)) return hasTotals(row.table);
      return isOtherYears(name, names, year);
    });
    const { table } = row;
    if (heads.length > 0 && heads.length < row.slots.length)
      found.set(
        row,
        heads.map((slot) => ({ table, slot, isRemarks: REMARKS.test(headName(slot.text)) })),
      );
  }
  return found;
}

/** Rows that are labelled with another year, in tables that have one labelled with the report's. */
function findOtherYears(rows: readonly EvidenceRow[], year: number | null): ReadonlySet<EvidenceRow> {
  const labelled = rows.filter((row) => hasColumns(row) && !isHeadRow(row) && firstName(row) !== '');
  const own = new Set(
    labelled.filter((row) => yearNamed(firstName(row), year) === 'own').map(({ table }) => table),
  );
  return new Set(labelled.filter((row) => own.has(row.table) && yearNamed(firstName(row), year) === 'other'));
}

/** The label of a row that has no other words. */
function firstName(row: EvidenceRow): string {
  const [first, ...others] = row.slots;
  if (!first || !MAY_NAME_YEAR.test(first.text) || !others.every(isValueLike)) return '';
  return isBareYear(headName(first.text)) ? headName(first.text) : '';
}

function isBareYear(name: string): boolean {
  return withoutYear(name) === '' && name !== '';
}

/** Whether a head names another year while one beside it says the same of the report's own. */
function isOtherYears(name: string, beside: readonly string[], year: number | null): boolean {
  if (yearNamed(name, year) !== 'other') return false;
  const what = withoutYear(name);
  return beside.some((other) => yearNamed(other, year) === 'own' && withoutYear(other) === what);
}

function yearNamed(name: string, year: number | null): 'own' | 'other' | null {
  if (THIS_YEAR.test(name)) return 'own';
  if (LAST_YEAR.test(name)) return 'other';
  const named = YEAR.exec(name)?.[1];
  if (named === undefined || year === null) return null;
  return Number(named) === year ? 'own' : 'other';
}

function withoutYear(name: string): string {
  return name.replace(THIS_YEAR, '').replace(LAST_YEAR, '').replace(YEAR, '');
}

function hasTotalHead(row: EvidenceRow): boolean {
  return row.slots.some(({ text }) => TOTAL.test(headName(text)));
}

/** A row of words; years are no numbers of a report. */
function isHeadRow(row: EvidenceRow): boolean {
  return row.slots.every(({ text, parsed }) => parsed.kind !== 'number' || YEAR.test(headName(text)));
}

function headName(text: string): string {
  return prepareText(text).bare;
}

/**
 * Words (`12.5%` is none) below a head end its column: other heads stand there. Those below one over several columns,
 * each narrower than it, are its own.
 */
function isHeadedAnew({ slot, isRemarks }: ForeignHead, row: EvidenceRow): boolean {
  return (
    !isRemarks &&
    row.slots.some(
      (other) =>
        /\p{Script=Han}/u.test(other.text) &&
        !COLUMN_LETTER.test(other.text) &&
        isWithin(other, slot) &&
        (slot.columnSpan === 1 || other.columnSpan === slot.columnSpan),
    )
  );
}

function isWithin(slot: Slot, head: Slot): boolean {
  return slot.column >= head.column && slot.column + slot.columnSpan <= head.column + head.columnSpan;
}
