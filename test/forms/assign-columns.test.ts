import { describe, expect, test } from '@jest/globals';
import { APPLICANT_COLUMNS } from '../../src/forms/applications-table.js';
import { assignColumns, type ColumnAssignment, findHeads } from '../../src/forms/assign-columns.js';
import { makeSlot } from '../../src/forms/slot.js';
import type { Geometry } from '../../src/model/document.js';
import { printedRows } from '../helpers/table-document.js';

const HEADS = ['', '自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];

/** What is found for a row of cells under a row of heads. */
function assigned(cells: readonly string[], geometry: Geometry = 'exact'): ColumnAssignment {
  const [head, row] = printedRows([HEADS, cells], geometry);
  if (!head || !row) throw new Error('no rows');
  return assignColumns(row, APPLICANT_COLUMNS, findHeads([head], APPLICANT_COLUMNS).heads);
}

function texts({ slots }: ColumnAssignment): (string | null)[] {
  return slots.map((slot) => slot?.text ?? null);
}

describe('findHeads', () => {
  const headsOf = (...rows: string[][]) => headsIn('exact', ...rows);
  const headsIn = (geometry: Geometry, ...rows: string[][]) => {
    const { heads, isStray } = findHeads(printedRows(rows, geometry), APPLICANT_COLUMNS);
    return { texts: heads.map((head) => head?.text ?? null), isStray };
  };

  test('finds each column under its name, the lowest of several', () => {
    const above = ['', '申请人情况', '法人或其他组织', '', '', '', '其他', '总计'];
    expect(headsOf(above, HEADS)).toEqual({ texts: HEADS.slice(1), isStray: false });
  });

  test('takes a head that names two columns for the head of none', () => {
    const joined = HEADS.map((head) => (head === '科研机构' ? '科研机构社会公益组织' : head));
    joined[4] = '';
    expect(headsOf(joined).texts).toEqual(['自然人', '商业企业', null, null, '法律服务机构', '其他', '总计']);
  });

  test('leaves out the one head of many that stands out of order, and says so', () => {
    const stray = ['', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计', '自然人'];
    const found = headsIn('aligned', stray);
    expect(found.texts[0]).toBeNull();
    expect(found.texts.slice(1)).toEqual(HEADS.slice(2));
    expect(found.isStray).toBe(true);
  });

  test('says that columns may be in another order where the stray head stands between others', () => {
    const isDisordered = (...row: string[]): boolean =>
      findHeads(printedRows([row], 'aligned'), APPLICANT_COLUMNS).isDisordered;
    const legal = ['商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'];
    expect(isDisordered('', ...legal, '自然人', '总计')).toBe(true);
    expect(isDisordered('总计', '自然人', ...legal)).toBe(false);
    expect(isDisordered('', '自然人', ...legal, '总计')).toBe(false);
  });

  test('takes heads in no order for no evidence at all where columns were inferred', () => {
    const { texts: found } = headsIn('aligned', ['', ...HEADS.slice(1).reverse()]);
    expect(found).toEqual(APPLICANT_COLUMNS.map(() => null));
  });

  test('takes heads in any order where the source has columns and each has its own', () => {
    expect(headsOf(['', ...HEADS.slice(1).reverse()])).toEqual({ texts: HEADS.slice(1), isStray: false });
  });

  test('says that heads are out of order where they do not tell whose column is which', () => {
    const [head] = printedRows([['', '总计', '其他', '科研机构', '商业企业']]);
    if (!head) throw new Error('no row');
    expect(findHeads([head], APPLICANT_COLUMNS)).toMatchObject({ isStray: false, isDisordered: true });
  });

  test('takes rows of heads whose columns are not of one grid for no other order', () => {
    const upper = ['自然人', '法人或其他组织', '', '', '', '', '总计'];
    const found = findHeads(printedRows([upper, HEADS.slice(2, 7)]), APPLICANT_COLUMNS);
    expect(found).toMatchObject({ isStray: false, isDisordered: false });
    const back = findHeads(printedRows([upper, HEADS.slice(2, 7).reverse()]), APPLICANT_COLUMNS);
    expect(back).toMatchObject({ isDisordered: true });
  });
});

describe('assignColumns', () => {
  const SEVEN = ['1', '2', '3', '4', '5', '6', '21'];

  test('takes what stands under each head', () => {
    const found = assigned(['一、本年新收', ...SEVEN]);
    expect(texts(found)).toEqual(SEVEN);
    expect(found).toMatchObject({ basis: 'head', unplaced: 0 });
  });

  test('doubts a number in a cell under two heads, and no 0 there', () => {
    const [heads, row] = printedRows([HEADS, ['一、本年新收', '1', '2', '3', '', '5', '6', '21']]);
    if (!heads || !row) throw new Error('no rows');
    const under = (text: string): ColumnAssignment => {
      const slots = row.slots.flatMap((slot) =>
        slot.column === 4
          ? []
          : slot.column === 3
            ? [{ ...makeSlot(text, 3, slot.evidence), columnSpan: 2 }]
            : [slot],
      );
      const { heads: found } = findHeads([heads], APPLICANT_COLUMNS);
      return assignColumns({ ...row, slots }, APPLICANT_COLUMNS, found);
    };
    expect(under('3 7')).toMatchObject({ basis: 'head', isRivalled: true });
    expect(under('0')).toMatchObject({ basis: 'head', isRivalled: false });
  });

  test('counts where there are just as many numbers and no columns', () => {
    const found = assigned(['一、本年新收', ...SEVEN], 'ordered');
    expect(texts(found)).toEqual(SEVEN);
    expect(found).toMatchObject({ basis: 'count', unplaced: 0 });
  });

  test('counts, and doubts, where a row has slipped against its heads', () => {
    const found = assigned(['', '一、本年新收', ...SEVEN]);
    expect(texts(found)).toEqual(SEVEN);
    expect(found.basis).toBe('count');
    expect(found.unplaced).toBeGreaterThan(0);
  });

  test('places none of five numbers for seven columns without positions', () => {
    const found = assigned(['一、本年新收', '1', '2', '3', '4', '10'], 'ordered');
    expect(texts(found)).toEqual(APPLICANT_COLUMNS.map(() => null));
    expect(found).toMatchObject({ basis: 'guess', unplaced: 2 });
  });

  test('leaves out blanks at the ends where there is one way to, and guesses where there are several', () => {
    const headless = (cells: readonly string[]): ColumnAssignment => {
      const [row] = printedRows([cells], 'ordered');
      if (!row) throw new Error('no row');
      return assignColumns(
        row,
        APPLICANT_COLUMNS,
        APPLICANT_COLUMNS.map(() => null),
      );
    };
    expect(texts(headless(['一、本年新收', '', ...SEVEN, '']))).toEqual(SEVEN);
    expect(headless(['一、本年新收', '', '1', '2', '3', '4', '5', '15', '']).basis).toBe('guess');
  });

  test('reads the pieces of one number under its head as that number', () => {
    const [head, row] = printedRows([
      ['', '数量', ''],
      ['行政许可', '12', '95'],
    ]);
    if (!head || !row) throw new Error('no rows');
    const [own] = head.slots.slice(1);
    const wide = own ? { ...own, columnSpan: 2 } : null;
    const found = assignColumns(row, [{ key: 'decisions', labels: ['数量'] }], [wide]);
    expect(texts(found)).toEqual(['1295']);
  });
});

describe('cells that are counted', () => {
  test('are sure where a run of zeros has one for each column, and a guess where other digits ran together', () => {
    expect(assigned(['一、本年新收', '0000000'], 'ordered')).toMatchObject({ basis: 'count', unplaced: 0 });
    expect(texts(assigned(['一、本年新收', '0000000'], 'ordered'))).toEqual(Array(7).fill('0'));
    expect(assigned(['一、本年新收', '1000001'], 'ordered').basis).toBe('guess');
    expect(assigned(['一、本年新收', '000000'], 'ordered').basis).toBe('guess');
  });

  test('are not those below the heads where a number stands beside these', () => {
    const columns = ['本年制发件数', '本年废止件数', '现行有效件数'].map((name) => ({
      key: name,
      labels: [name],
    }));
    const [head, row] = printedRows(
      [
        ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
        ['规章', '', '', '', '', '', '', '45', '96', '', ''],
      ],
      'ordered',
    );
    if (!head || !row) throw new Error('no rows');
    const found = assignColumns(row, columns, findHeads([head], columns).heads);
    expect(found).toMatchObject({ slots: [null, null, null], basis: 'guess' });
  });

  test('are doubtful behind more blanks than three columns of labels leave', () => {
    const blanks = (count: number) => [
      '一、本年新收',
      ...Array<string>(count).fill(''),
      '1',
      '',
      '',
      '',
      '',
      '',
      '1',
    ];
    expect(assigned(blanks(2), 'ordered')).toMatchObject({ basis: 'count', unplaced: 0, isRivalled: false });
    expect(assigned(blanks(3), 'ordered')).toMatchObject({ unplaced: 1, isRivalled: true });
  });

  test('belong to the head over most of their width where borders differ by a sliver', () => {
    const columns = ['采购项目数量', '采购总金额'].map((name) => ({ key: name, labels: [name] }));
    const [head, row] = printedRows([
      ['信息内容', '采购项目数量', '采购总金额'],
      ['政府集中采购', '70', '0'],
    ]);
    if (!head || !row) throw new Error('no rows');
    const at = (places: readonly (readonly [number, number])[], { slots }: typeof row) =>
      slots.map((slot, i) => ({ ...slot, column: places[i]?.[0] ?? 0, columnSpan: places[i]?.[1] ?? 1 }));
    const heads = at(
      [
        [0, 2],
        [2, 3],
        [5, 4],
      ],
      head,
    );
    const slots = at(
      [
        [0, 1],
        [1, 3],
        [4, 5],
      ],
      row,
    );
    const found = assignColumns({ ...row, slots }, columns, heads.slice(1));
    expect(found).toMatchObject({ basis: 'head', unplaced: 0 });
    expect(texts(found)).toEqual(['70', '0']);
  });

  test('are doubtful where two under one head could each stand under a head of their own', () => {
    const columns = ['上一年项目数量', '本年增/减'].map((name) => ({ key: name, labels: [name] }));
    const [head, row] = printedRows([
      ['信息内容', '上一年项目数量', '', '本年增/减'],
      ['行政事业性收费', '7', '2', ''],
    ]);
    if (!head || !row) throw new Error('no rows');
    const heads = head.slots.slice(1).flatMap((slot) => (slot.text === '' ? [] : [slot]));
    const wide = heads.map((slot, i) => (i === 0 ? { ...slot, columnSpan: 2 } : slot));
    expect(assignColumns(row, columns, wide)).toMatchObject({ basis: 'head', unplaced: 1 });
  });
});
