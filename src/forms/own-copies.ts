import type { Document } from '../model/document.js';
import { fold } from '../text/fold.js';
import { type EvidenceRow, tablesOf } from './evidence-rows.js';
import { type AcrossTable, downKey, type DownTable, type FormTable, type TableId } from './form.js';
import { formLines } from './form-lines.js';
import { headedRows } from './read-across.js';
import { FORMS } from './registry.js';
import { LABEL, scoreRow } from './score-rows.js';
import { isCount, isValueLike, type Slot, trailingValues } from './slot.js';
import { mayName, nameWhole } from './unread-rivals.js';

/** Settings of the search for tables that a document prints more than once. */
const COPY_SETTINGS = {
  /** Two printed tables with so many rows in common, and this share of the smaller one's, show the same table. */
  fewestShared: 3,
  share: 0.5,
  /** A copy with fewer than this share of another one's values is not taken before it. */
  scrapShare: 0.5,
  /** Lines above a table that may say what it shows: so many of at most so many characters. */
  captionLines: 3,
  longestCaption: 40,
} as const;

/** The tables of a document that are its report's own. */
export interface OwnCopies {
  readonly document: Document;
  readonly rows: readonly EvidenceRow[];
  /** Tables that are printed more than once, each time with other numbers, where nothing tells whose they are. */
  readonly doubted: ReadonlySet<TableId>;
  /** Fields of rows that differ between two printings of what is the same table by most of its numbers. */
  readonly doubtedKeys: ReadonlySet<string>;
}

/** One printing of a table of the form: the printed tables that it is made of, and the values of its rows. */
interface Copy {
  readonly tables: number[];
  readonly values: NamedRows;
}

/**
 * Leaves out the tables that are not the report's own where a document prints a table of a form several times: blank
 * ones (templates) beside one that is filled in, and those that are captioned with another year than `year`. Where
 * several are left that differ (a subordinate body's, the year before without a caption), the first one is taken
 * that did not lose most of its cells, and it is doubted: in the rows that differ where most of its numbers come back (a
 * text and its tables, say), else as a whole.
 */
export function ownCopies(document: Document, rows: readonly EvidenceRow[], year: number | null): OwnCopies {
  const printed = tablesOf(rows);
  const kept = new Set<number>();
  const left = new Set<number>();
  const doubted = new Set<TableId>();
  const doubtedKeys = new Set<string>();
  const blanked = new Set<TableId>();
  const others: { readonly id: TableId; readonly tables: readonly number[] }[] = [];
  const captions = new Captions(document, printed, year);
  for (const table of distinctTables()) {
    if (table.arrangement === 'across' && hasUnreadRival(printed, table, captions)) doubted.add(table.id);
    const copies = copiesOf(printed, table);
    if (copies.length < 2) continue;
    const own = chooseCopies(copies, captions);
    const first = own.find((copy) => own.every((other) => !isScrapOf(copy, other)));
    if (!first) continue;
    const rivals = copies.filter((copy) => own.includes(copy) || isInTheWay(copy, first, copies));
    for (const rival of rivals) {
      const { same, different } = compare(first, rival);
      if (different.length === 0) continue;
      const isRepeated = table.arrangement === 'down' && same >= COPY_SETTINGS.fewestShared;
      if (!isRepeated || same < different.length) doubted.add(table.id);
      else for (const line of different) for (const key of keysOfLine(table, line)) doubtedKeys.add(key);
    }
    if (isFilled(first) && !copies.every(isFilled)) blanked.add(table.id);
    for (const copy of copies) for (const at of copy.tables) (copy === first ? kept : left).add(at);
    others.push(...copies.slice(0, copies.indexOf(first)).map(({ tables }) => ({ id: table.id, tables })));
  }
  // A copy before the own one that shares its printed table with others of the report's own cannot be left out.
  for (const { id, tables } of others) if (tables.some((at) => kept.has(at))) doubted.add(id);
  for (const at of kept) left.delete(at);
  // Beside tables of another body or year a blank one may be no template but the report's own.
  if (doubted.size > 0 || captions.haveTold) for (const id of blanked) doubted.add(id);
  const own = left.size === 0 ? { document, rows } : without(document, rows, left);
  return { ...own, doubted, doubtedKeys };
}

/** The tables of all forms, each once. */
function distinctTables(): readonly FormTable[] {
  return [...new Set(FORMS.flatMap((form) => form.tables))];
}

function without(
  document: Document,
  rows: readonly EvidenceRow[],
  left: ReadonlySet<number>,
): Pick<OwnCopies, 'document' | 'rows'> {
  return {
    document: {
      ...document,
      blocks: document.blocks.filter((block) => block.kind !== 'table' || !left.has(block.tableIndex)),
      tables: document.tables.map((table) => (left.has(table.tableIndex) ? { ...table, cells: [] } : table)),
    },
    rows: rows.filter((row) => !left.has(row.table)),
  };
}

/** The printings of a table of the form, in printed order; one where it is printed once, in however many pieces. */
function copiesOf(printed: readonly EvidenceRow[][], table: FormTable): Copy[] {
  const copies: Copy[] = [];
  for (const rows of printed) {
    const at = rows[0]?.table ?? -1;
    for (const values of table.arrangement === 'down' ? namedRows(rows, table) : wholeRows(rows, table)) {
      const last = copies.at(-1);
      if (!last || sharesRows(last.values, values, 1)) copies.push({ tables: [at], values });
      else {
        if (last.tables.at(-1) !== at) last.tables.push(at);
        for (const [line, slots] of values) if (!last.values.has(line)) last.values.set(line, slots);
      }
    }
  }
  const [first, ...others] = copies;
  const rivals = others.filter(
    (copy) =>
      first &&
      sharesRows(first.values, copy.values, COPY_SETTINGS.fewestShared) &&
      !areHalves(first, copy, table),
  );
  return first && rivals.length > 0 ? [first, ...rivals] : [];
}

type NamedRows = Map<number, readonly Slot[]>;

/** The values of the rows that plainly name a line of the form, by the line's index; anew where a line is named again. */
function namedRows(rows: readonly EvidenceRow[], table: DownTable): NamedRows[] {
  const lines = formLines(table);
  const runs: NamedRows[] = [];
  for (const row of rows) {
    const { labels, best, data } = scoreRow(row, lines);
    const values = data < LABEL.plain || data < best ? [] : valuesOf(row);
    if (values.length === 0) continue;
    const line = labels.indexOf(best);
    const run = runs.at(-1);
    if (run && !run.has(line)) run.set(line, values);
    else runs.push(new Map([[line, values]]));
  }
  return runs;
}

/** The values at a row's end; those before a remark or a share that stands there. */
function valuesOf({ slots }: EvidenceRow): readonly Slot[] {
  const values = trailingValues(slots);
  return values.length > 0 ? values : slots.filter(isValueLike);
}

/** The values of the rows that print most of an `across` table, in order. */
function wholeRows(rows: readonly EvidenceRow[], table: AcrossTable): NamedRows[] {
  const most = (table.groups.length * table.columns.length) / 2;
  // Heads are looked for where some row is long enough: rows of other tables mostly are not.
  if (!rows.some(({ slots }) => trailingValues(slots).length > most)) return [];
  const whole = headedRows(rows, table).filter(({ values }) => values.length > most);
  return whole.map(({ values }) => new Map(values.map((slot, i) => [i, [slot]])));
}

/** Whether other printed tables than those whose rows tell where its numbers belong show an `across` table as well. */
function hasUnreadRival(
  printed: readonly (readonly EvidenceRow[])[],
  table: AcrossTable,
  captions: Captions,
): boolean {
  const some = printed.filter((rows) => mayName(rows, table));
  if (some.length < 2) return false;
  const unread = some.filter(
    (rows) =>
      wholeRows(rows, table).length === 0 && !captions.nameOtherYear({ tables: [rows[0]?.table ?? -1] }),
  );
  return unread.length > 0 && unread.length < some.length && nameWhole(unread, table);
}

/** Whether two printed tables with the same rows may be parts of one that was cut from top to bottom. */
function areHalves(left: Copy, right: Copy, table: FormTable): boolean {
  if (table.arrangement === 'across') return false;
  const lines = formLines(table);
  const widest = Math.max(...lines.map(({ block }) => block.columns.length));
  const shared = [...left.values].flatMap(([line, slots]) => {
    const isWide = lines[line]?.block.columns.length === widest;
    const others = isWide ? right.values.get(line) : undefined;
    return others ? [Math.max(slots.length, others.length)] : [];
  });
  return shared.length > 0 && shared.every((length) => length < widest);
}

function sharesRows(
  a: ReadonlyMap<number, unknown>,
  b: ReadonlyMap<number, unknown>,
  fewest: number,
): boolean {
  const shared = [...a.keys()].filter((line) => b.has(line)).length;
  return shared >= fewest && shared >= Math.min(a.size, b.size) * COPY_SETTINGS.share;
}

/** The copies that may be the report's own: not of another year, if one is not, and filled in, if one is. */
function chooseCopies(copies: readonly Copy[], captions: Captions): readonly Copy[] {
  const others = copies.filter((copy) => !captions.nameOtherYear(copy));
  const some = others.length > 0 ? others : copies;
  const filled = some.filter(isFilled);
  return filled.length > 0 ? filled : some;
}

/** Whether a copy lost most of the cells of another: its text once more without its separators, or a summary of it. */
function isScrapOf(copy: Copy, other: Copy): boolean {
  return valueCount(copy) < valueCount(other) * COPY_SETTINGS.scrapShare;
}

function valueCount({ values }: Copy): number {
  return [...values.values()].reduce((sum, slots) => sum + slots.length, 0);
}

/** A copy in the same printed table as the one taken cannot be left out; a blank one behind it does no harm. */
function isInTheWay(copy: Copy, taken: Copy, copies: readonly Copy[]): boolean {
  if (!copy.tables.some((at) => taken.tables.includes(at))) return false;
  return isFilled(copy) || copies.indexOf(copy) < copies.indexOf(taken);
}

function isFilled({ values }: Copy): boolean {
  return [...values.values()].some((slots) => slots.some(({ parsed }) => parsed.kind !== 'blank'));
}

/**
 * How many rows two copies print alike, or one of them in part (its cells cut otherwise, or only some of them there), those
 * without any number left aside; and the lines of the rows that contradict each other.
 */
function compare(a: Copy, b: Copy): { same: number; different: readonly number[] } {
  const shared = [...a.values].flatMap(([line, slots]) => {
    const others = b.values.get(line);
    return others ? [{ line, slots, isSame: areAlike(textOf(slots), textOf(others)) }] : [];
  });
  return {
    same: shared.filter(({ slots, isSame }) => isSame && slots.some(isCount)).length,
    different: shared.flatMap(({ line, isSame }) => (isSame ? [] : [line])),
  };
}

function areAlike(a: string, b: string): boolean {
  const [part, whole] = a.length < b.length ? [a, b] : [b, a];
  return part === whole || (/\d/.test(part) && whole.includes(part));
}

function keysOfLine(table: DownTable, at: number): readonly string[] {
  const line = formLines(table)[at];
  return line ? line.block.columns.map((column) => downKey(table, line.row, column)) : [];
}

/** What a row prints, however it is cut into cells. */
function textOf(slots: readonly Slot[]): string {
  return slots.map(({ text }) => fold(text)).join('');
}

/** What stands above tables. */
class Captions {
  readonly #document: Document;
  readonly #printed: readonly EvidenceRow[][];
  readonly #year: number | null;
  #haveTold = false;

  constructor(document: Document, printed: readonly EvidenceRow[][], year: number | null) {
    this.#document = document;
    this.#printed = printed;
    this.#year = year;
  }

  /** Whether some table was found to stand under another year. */
  get haveTold(): boolean {
    return this.#haveTold;
  }

  /** Whether the words right above a copy, or at its top, name another year than the report's and not that. */
  nameOtherYear({ tables: [first] }: Pick<Copy, 'tables'>): boolean {
    const { blocks } = this.#document;
    let at = blocks.findIndex((block) => block.kind === 'table' && block.tableIndex === first);
    const words = this.#wordsInside(first ?? -1);
    for (let lines = 0; lines < COPY_SETTINGS.captionLines && at > 0; lines++) {
      const above = blocks[--at];
      if (!above || above.kind === 'table') break;
      if (above.text.length <= COPY_SETTINGS.longestCaption && !TITLE.test(above.text))
        words.push(above.text);
    }
    const named = words.map(fold).join(' ');
    const years = (named.match(YEARS) ?? []).map(Number);
    const isOther =
      LAST_YEAR.test(named) || (this.#year !== null && years.length > 0 && !years.includes(this.#year));
    this.#haveTold ||= isOther;
    return isOther;
  }

  /** Rows of one cell with words at the top of a table. */
  #wordsInside(table: number): string[] {
    const rows = this.#printed.find(([row]) => row?.table === table) ?? [];
    const end = rows.findIndex(({ slots }) => slots.length !== 1 || slots.every(isValueLike));
    return rows.slice(0, Math.max(0, end)).map(({ slots: [slot] }) => slot?.text ?? '');
  }
}

/** The title of the whole report captions no table: reports of several years are told apart before. */
const TITLE = /报告|年报/;

const LAST_YEAR = /上一?年度?|去年/;
const YEARS = /20\d\d(?=年)/g;
