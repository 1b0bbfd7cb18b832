import { cellLines, tabRows } from './write-text.mjs';
import { toDense } from './grid.mjs';

const HEAD_ROWS = 3;
const LABEL_COLUMNS = 3;
/** Rows of table three: two before the outcomes, one after. */
const FIRST_OUTCOME = HEAD_ROWS + 2;

/**
 * Table three as a cell a line, the outcome rows without their labels; the eight reasons of refusal have run into
 * one cell a column, of which the converter kept the first column only.
 */
export function lostLabels(grid) {
  const { texts } = toDense(grid);
  const numbers = texts.slice(FIRST_OUTCOME, -1).map((row) => row.slice(LABEL_COLUMNS));
  const lines = (cells) => `${cells.map((text) => `\t${text}`).join('\n')}\n\n`;
  const [granted, partly, ...rest] = numbers;
  const refused = rest.slice(0, 8).map((row) => row[0]);
  const others = rest.slice(8).map((row) => lines(['', '', ...row]));
  return [
    `${cellLines(grid.slice(0, FIRST_OUTCOME))}\n`,
    lines(['三、本年度办理结果', ...granted]),
    lines(['', ...partly]),
    lines(['', refused.join('\n\n')]),
    ...others,
    cellLines(grid.slice(-1)),
  ].join('');
}

/** Table three by tabs: up to the fifth reason of refusal each label stands on a line of its own above its numbers. */
export function numbersBelowLabels(grid) {
  const { texts } = toDense(grid);
  const LAST_BELOW = FIRST_OUTCOME + 7;
  const below = texts.slice(FIRST_OUTCOME, LAST_BELOW).map((row) => {
    const labels = row.slice(0, LABEL_COLUMNS).filter((text) => text !== '');
    const numbers = row.slice(LABEL_COLUMNS);
    return `${labels.map((label, index) => (index === 0 && labels.length > 1 ? label : `\t${label}`)).join('\n')}\n\t${numbers.join('\t')}`;
  });
  const above = texts.slice(LAST_BELOW).map((row) => row.join('\t'));
  return [tabRows(grid.slice(0, FIRST_OUTCOME)), ...below, '', ...above].join('\n');
}

/**
 * Table three by tabs as a page layout program leaves it: one tab too many in front of the numbers here and there,
 * a tab lost in the middle, and a last row that prints twelve zeros for its seven columns.
 */
export function shiftedColumns(grid) {
  const { texts } = toDense(grid);
  const rows = texts.slice(0, -1).map((row, index) => {
    if (index < HEAD_ROWS) return [row[0], ...row.slice(2)].join('\t');
    const labels = row.slice(0, LABEL_COLUMNS);
    const numbers = row.slice(LABEL_COLUMNS);
    const isLost = index === FIRST_OUTCOME + 7;
    return (isLost ? [...labels.slice(2), ...numbers] : [...labels.slice(0, 2 + (index % 2)), ...numbers]).join('\t');
  });
  const last = texts.at(-1);
  const zeros = Array.from({ length: 12 }, () => '0');
  return [...rows, [last[0], '', '', ...zeros].join('\t')].join('\n');
}
