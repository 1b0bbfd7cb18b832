import type { Box, RulingLine } from '../../model/geometry.js';
import { buildAlignedTable } from '../../tables/aligned/find-aligned-tables.js';
import { findRegions } from '../../tables/aligned/find-regions.js';
import { type PieceLine, toFinePieceLine, toPieceLine } from '../../tables/aligned/piece.js';
import { isChart } from '../../tables/is-chart.js';
import { readOpenTables } from '../../tables/open/read-open-tables.js';
import { startTable, type StitchedTable } from '../../tables/stitch-pages.js';
import type { TextLine } from '../../tables/text-line.js';

/** A page's body text and where ruled tables interrupt it. */
export interface PageBody {
  readonly pageNumber: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  /** Heights at which its ruled tables start. */
  readonly tableTops: readonly number[];
  readonly drawings: readonly Box[];
  readonly rulings: readonly RulingLine[];
}

/** Tables without ruling lines, each with the place where it starts, and what they leave of the lines they are made of. */
export interface UnruledTables {
  readonly tables: readonly {
    readonly table: StitchedTable;
    readonly pageNumber: number;
    readonly top: number;
  }[];
  readonly left: ReadonlyMap<TextLine, readonly TextLine[]>;
}

/** Tables by alignment on pages of text with spaces between words, page by page. */
export function findOpenTables(pages: readonly PageBody[]): UnruledTables {
  const tables: UnruledTables['tables'][number][] = [];
  const left = new Map<TextLine, readonly TextLine[]>();
  for (const page of pages) {
    const found = readOpenTables(page, (area) => isChart(area, page.drawings));
    for (const table of found.tables)
      tables.push({ table: startTable(table), pageNumber: page.pageNumber, top: table.box.top });
    for (const [line, rest] of found.left) left.set(line, rest);
  }
  return { tables, left };
}

/** Finds tables by alignment in the text between ruled tables, over page breaks too. */
export function findUnruledTables(pages: readonly PageBody[]): UnruledTables {
  const tables: UnruledTables['tables'][number][] = [];
  const left = new Map<TextLine, readonly TextLine[]>();
  const drawingsOf = new Map(pages.map((page) => [page.pageNumber, page.drawings]));
  for (const run of textRuns(pages)) {
    const pieces = run.map((one) => one.pieces);
    for (const region of findRegions(pieces)) {
      const first = run[region.from];
      const fine = run.slice(region.from, region.to).map((one) => one.fine());
      const table = buildAlignedTable(fine) ?? buildAlignedTable(pieces.slice(region.from, region.to));
      if (
        !table ||
        !first ||
        table.pieces.some((piece) => isChart(piece.box, drawingsOf.get(piece.pageNumber) ?? []))
      )
        continue;
      tables.push({ table, pageNumber: first.pieces.pageNumber, top: first.line.box.top });
      for (const one of run.slice(region.from, region.to)) left.set(one.line, []);
    }
  }
  return { tables, left };
}

interface RunLine {
  readonly line: TextLine;
  readonly pieces: PieceLine;
  /** The line cut as in a table, made when it is one. */
  readonly fine: () => PieceLine;
}

/** Upright lines of all pages as one sheet of paper, cut where a ruled table stands. */
function textRuns(pages: readonly PageBody[]): RunLine[][] {
  const runs: RunLine[][] = [[]];
  let offset = 0;
  for (const page of pages) {
    const tops = page.tableTops.toSorted((a, b) => a - b);
    let passed = 0;
    for (const line of page.lines) {
      if (line.turn !== 0) continue;
      while (passed < tops.length && (tops[passed] ?? 0) <= line.box.top) {
        runs.push([]);
        passed++;
      }
      const start = offset;
      runs.at(-1)?.push({
        line,
        pieces: toPieceLine(line, page.pageNumber, start),
        fine: () => toFinePieceLine(line, page.pageNumber, start),
      });
    }
    if (passed < tops.length) runs.push([]);
    offset += page.height;
  }
  return runs.filter((run) => run.length > 0);
}
