import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { labelScores, prepareText, scoreLabels } from '../../src/forms/match-label.js';
import { APPLICATIONS_2021 } from '../../src/forms/applications-table.js';
import { formLines } from '../../src/forms/form-lines.js';

const ROWS = formLines(APPLICATIONS_2021).map(({ row }) => row);

/** The row that a text names best, and how well. */
function named(text: string): { label: string | undefined; score: number } {
  const { each, best } = scoreLabels(prepareText(text), ROWS);
  return { label: best === 0 ? undefined : ROWS[each.indexOf(best)]?.labels[0], score: best };
}

describe('scoreLabels', () => {
  test.each([
    ['the official wording', '（一）予以公开', '（一）予以公开', 1],
    ['one without its numeral', '信访举报投诉类申请', '1.信访举报投诉类申请', 1],
    ['one torn by line breaks', '3.要求提供\n公开出\n版物', '3.要求提供公开出版物', 1],
    ['traditional characters', '（三）不予公開', '（三）不予公开', 1],
    ['one character misread', '6.属于四类过捏性信息', '6.属于四类过程性信息', 0.85],
    ['a short wording', '三安全一稳定', '3.危及“三安全一稳定”', 1],
  ])('finds the row that %s names', (_, printed, label, least) => {
    expect(named(printed)).toMatchObject({ label });
    expect(named(printed).score).toBeGreaterThanOrEqual(least);
  });

  test('lets the numeral decide between rows of nearly the same words', () => {
    const scores = labelScores(prepareText('2.其他'), ROWS);
    const ofRow = (key: string) => scores[ROWS.findIndex((row) => row.key === key)] ?? 0;
    expect(ofRow('other.other')).toBeLessThan(1);
    expect(labelScores(prepareText('3.其他'), ROWS)[ROWS.findIndex(({ key }) => key === 'other.other')]).toBe(
      1,
    );
  });

  test('says of a text that names no row that it names none', () => {
    expect(scoreLabels(prepareText('联系电话'), ROWS).best).toBe(0);
    expect(scoreLabels(prepareText(''), ROWS).best).toBe(0);
  });

  test('is the same wherever a label is broken by white space', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROWS), fc.array(fc.nat(40), { maxLength: 4 }), ({ labels }, breaks) => {
        const characters = [...(labels[0] ?? '')];
        for (const at of breaks) characters.splice(Math.min(at, characters.length), 0, '\n');
        expect(named(characters.join(''))).toEqual(named(labels[0] ?? ''));
      }),
    );
  });
});
