import { describe, expect, test } from '@jest/globals';
import { alignRows } from '../../src/forms/align-rows.js';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { doubtRows } from '../../src/forms/doubt-rows.js';
import { type EvidenceRow, evidenceRows } from '../../src/forms/evidence-rows.js';
import { formLines } from '../../src/forms/form-lines.js';
import { printForm, type PrintedTable, tableDocument } from '../helpers/table-document.js';

const WHOLE = printForm(APPLICATIONS_2021, (_, row) => [row, 1, 0, 0, 0, 0, row + 1]);
const NOTHING = ['', '', '', '', '', '', ''];

/** Keys of the rows of the form that are doubted in these printed tables. */
function doubted(...tables: readonly PrintedTable[]): string[] {
  return doubtedIn(evidenceRows(tableDocument(tables)));
}

function doubtedInStream(rows: PrintedTable): string[] {
  const cells = rows.flatMap((row) => row.map((cell) => [cell]));
  return doubtedIn(evidenceRows(tableDocument([cells], 'stream')));
}

function doubtedIn(rows: readonly EvidenceRow[]): string[] {
  const lines = formLines(APPLICATIONS_2021);
  const matches = doubtRows(alignRows(rows, APPLICATIONS_2021).matches, rows, lines);
  return matches.filter(({ isAmbiguous }) => isAmbiguous).map(({ line }) => line.row.key);
}

/** Where the row with this number stands, and its cells. */
function at(number: number): { index: number; label: string; values: string[] } {
  const index = WHOLE.findIndex((cells) => cells[1] === `${number}`);
  const [label = '', ...values] = WHOLE[index] ?? [];
  return { index, label, values };
}

describe('doubtRows', () => {
  test('leaves a whole table alone', () => {
    expect(doubted(WHOLE)).toEqual([]);
  });

  test('doubts a blank row at the end of a page where bare numbers open the next, below heads or not', () => {
    const { index, label, values } = at(9);
    const above = [...WHOLE.slice(0, index), [label, ...NOTHING]];
    const below = [['', ...values], ...WHOLE.slice(index + 1)];
    const heads = ['项目', '列1', '列2', '列3', '列4', '列5', '列6', '列7'];
    for (const next of [below, [heads, ...below]])
      expect(doubted(above, next)).toContain('refused.process_information');
  });

  test('doubts a row whose cells hold two rows, one above the other', () => {
    const [upper, lower] = [at(9), at(10)];
    const cells = [upper.label, ...upper.values].map(
      (cell, i) => `${cell}\n${[lower.label, ...lower.values][i]}`,
    );
    const rows = [...WHOLE.slice(0, upper.index), cells, ...WHOLE.slice(lower.index + 1)];
    expect(doubted(rows)).toHaveLength(1);
  });

  test('trusts a label of several lines of which one alone reads like that of another row', () => {
    const index = WHOLE.findIndex(([label]) => label?.includes('大量反复申请'));
    const [label = '', ...values] = WHOLE[index] ?? [];
    const wrapped = [label.replace('复申请', '\n复申请'), ...values];
    expect(doubted([...WHOLE.slice(0, index), wrapped, ...WHOLE.slice(index + 1)])).toEqual([]);
  });

  test('doubts a row whose label goes on with that of the row above, which has numbers of its own', () => {
    const { index, label, values } = at(9);
    const half = Math.ceil(label.length / 2);
    const cut = [
      [label.slice(0, half), ...values],
      [label.slice(half), ...NOTHING],
    ];
    expect(doubted([...WHOLE.slice(0, index), ...cut, ...WHOLE.slice(index + 1)])).toContain(
      'refused.process_information',
    );
  });

  test('doubts all rows of a stream from one with too many numbers to the one that lacks them, others between', () => {
    const numbers = WHOLE.map(([, ...values]) => values).filter((values) => values.length > 0);
    // How many rows of numbers stand behind each label; one elsewhere.
    const counts = new Map([3, 5, 6, 9].map((row, i) => [at(row).index, i < 2 ? 2 : 0]));
    let next = 0;
    const rows = WHOLE.map(([label = '', ...values], index) => {
      const count = values.length === 0 ? 0 : (counts.get(index) ?? 1);
      next += count;
      return [label, ...numbers.slice(next - count, next).flat()];
    });
    const keys = doubtedInStream(rows);
    expect(keys).toEqual(
      expect.arrayContaining([
        'refused.forbidden_by_law',
        'refused.internal_affairs',
        'refused.enforcement_file',
      ]),
    );
    expect(keys).not.toContain('not_processed.petition');
  });

  test('doubts numbers that stand in the midst of the next label', () => {
    const { index, label, values } = at(5);
    const next = at(6);
    const rows = [
      ...WHOLE.slice(0, index),
      [label.slice(0, 4), `${label.slice(4)}\n${next.label.slice(0, 4)}`, ...values],
      [next.label.slice(4), ...next.values],
      ...WHOLE.slice(next.index + 1),
    ];
    expect(doubtedInStream(rows)).toContain('refused.forbidden_by_law');
    expect(doubtedInStream(WHOLE)).toEqual([]);
  });
});
