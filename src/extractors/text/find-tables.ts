import { readCellLines } from './cell-lines.js';
import { readCellStream } from './cell-stream.js';
import { readCellPipes } from './cell-pipes.js';
import { readDelimitedTable } from './delimited-table.js';
import type { DraftTable, TableReader } from './draft.js';
import { readEntryTable } from './entry-table.js';
import { readFilledTable } from './filled-table.js';
import { learnGapRule } from './gap-blanks.js';
import { readGridTable } from './grid-table.js';
import { readJsonTable } from './json-table.js';
import { readLayoutTables } from './layout-table.js';
import { isBlankLine, type Line } from './lines.js';
import { readListTable } from './list-table.js';
import { readMarkupTable } from './markup-table.js';
import { readPathTable } from './path-table.js';
import { readPipeTable } from './pipe-table.js';
import { findRegions, regionItems, type Region } from './regions.js';
import { readRuleTable } from './rule-table.js';
import { learnCellRule } from './separated-cells.js';
import { readTabRows } from './tab-rows.js';
import { readWikiTable } from './wiki-table.js';
import { itemsOf } from './words.js';
import { readYamlTable } from './yaml-table.js';

/** Readers of written table syntax, surest first; the first that reads a line's table has it. */
const SYNTAX_READERS: readonly TableReader[] = [
  readMarkupTable,
  readWikiTable,
  readJsonTable,
  readGridTable,
  readFilledTable,
  readCellPipes,
  readPipeTable,
  readCellLines,
  readTabRows,
  readRuleTable,
  readListTable,
  readYamlTable,
  readEntryTable,
  readPathTable,
  readDelimitedTable,
];

/**
 * All tables of a text in order, none overlapping another: first those with written syntax, then what is set like a
 * table between them. `isSkipped` tells the lines that only a page prints.
 */
export function findTables(lines: readonly Line[], isSkipped: (at: number) => boolean): DraftTable[] {
  const written = findWrittenTables(lines);
  const taken = new Set<number>();
  for (const table of written) for (let at = table.from; at < table.to; at++) taken.add(at);
  const regions = findRegions(lines, (at) => taken.has(at), isSkipped);
  const loose = readRegions(lines, regions, isSkipped);
  return [...written, ...loose].sort((a, b) => a.from - b.from);
}

function readRegions(
  lines: readonly Line[],
  regions: readonly Region[],
  isSkipped: (at: number) => boolean,
): DraftTable[] {
  const cellRule = learnCellRule(
    regions.map(({ from, to }) => lines.slice(from, to).filter((_, at) => !isSkipped(from + at))),
  );
  const items = regions.map((region) => regionItems(lines, region, isSkipped, cellRule ?? itemsOf));
  const gapRule = items.map(learnGapRule).find((found) => found !== null) ?? null;
  return regions.flatMap((region, at) => {
    const laidOut = cellRule === null ? readLayoutTables(lines, region, isSkipped) : [];
    return laidOut.length > 0 ? laidOut : [readCellStream(lines, region, items[at] ?? [], gapRule)];
  });
}

function findWrittenTables(lines: readonly Line[]): DraftTable[] {
  const tables: DraftTable[] = [];
  let at = 0;
  while (at < lines.length) {
    const table = isBlankLine(lines[at]) && !/\t/.test(lines[at]?.text ?? '') ? null : readTable(lines, at);
    if (table !== null) tables.push(table);
    at = table === null ? at + 1 : Math.max(table.to, at + 1);
  }
  return tables;
}

function readTable(lines: readonly Line[], at: number): DraftTable | null {
  for (const reader of SYNTAX_READERS) {
    const table = reader(lines, at);
    if (table !== null) return table;
  }
  return null;
}
