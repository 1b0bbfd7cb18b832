import type { Cell, Table } from '../../model/document.js';

/** Settings of numbers that may be no numbers. */
const STAND_IN = {
  /** A cell of so many of them below each other, without a word, holds what should be the labels of its rows. */
  fewestStacked: 3,
  /** Probability that one of them is what the report prints. */
  confidence: 0.3,
} as const;

const INDENTED_NUMBER = /^\u3000+\d+$/;

/**
 * Doubts the numbers behind an ideographic space (`\u30000`) where such numbers are also stacked in a cell, as they are
 * where a converter put them in place of labels: what it lost elsewhere need not have been a number either. Beside other
 * numbers of the same table they are numbers as well. `text` is what the cells' spans lie in.
 */
export function doubtStandIns(tables: readonly Table[], text: string): readonly Table[] {
  if (!tables.some(({ cells }) => cells.some((cell) => isStacked(printOf(cell, text))))) return tables;
  return tables.map((table) => {
    const isSure = table.cells.some((cell) => /^\d+$/.test(cell.text) && !isStandIn(printOf(cell, text)));
    if (isSure) return table;
    const cells = table.cells.map((cell) => (isStandIn(printOf(cell, text)) ? doubted(cell) : cell));
    return { ...table, cells };
  });
}

function isStacked(lines: readonly string[]): boolean {
  return lines.length >= STAND_IN.fewestStacked && isStandIn(lines);
}

function isStandIn(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => INDENTED_NUMBER.test(line));
}

/** The lines of a cell as they are printed, ideographic spaces in front of its first word included. */
function printOf({ evidence }: Cell, text: string): string[] {
  if (evidence.kind !== 'span') return [];
  let { start } = evidence;
  while (text[start - 1] === '\u3000') start--;
  const lines = text.slice(start, evidence.end).split('\n');
  return lines.map((line) => line.replace(/[ \t\r]+/g, '')).filter((line) => line !== '');
}

function doubted(cell: Cell): Cell {
  return { confidence: STAND_IN.confidence, ...cell };
}
