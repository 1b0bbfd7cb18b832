import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { streamEvidence, streamText } from '../../src/forms/stream-text.js';
import { tableDocument } from '../helpers/table-document.js';
import { textDocument } from '../helpers/text-document.js';

describe('streamText', () => {
  test('joins paragraphs with single spaces and leaves out what stands around the report', () => {
    const stream = streamText(textDocument('一、 总体\u3000情况\n~首页 > 公开\n收到１２件'));
    expect(stream.text).toBe('一、 总体 情况 收到12件 ');
  });

  test('keeps the digits of one cell together, however far apart they are printed', () => {
    expect(streamText(tableDocument([[['1 2 5', '3 4']]])).text).toBe('125 34 ');
    expect(streamText(textDocument('1 2 5')).text).toBe('1 2 5 ');
  });

  test('finds letters and digits whatever punctuation stands between them', () => {
    const stream = streamText(textDocument('（三） 不予、公开'));
    expect(stream.bare).toBe('三不予公开');
    expect([...stream.bare].map((_, i) => stream.text[stream.bareToText[i] ?? -1]).join('')).toBe(
      stream.bare,
    );
  });

  test('knows of every character which cell or paragraph it comes from', () => {
    const document = tableDocument([
      [
        ['许可', '12'],
        ['处罚', '7'],
      ],
    ]);
    const stream = streamText(document);
    for (const { text, evidence } of document.tables[0]?.cells ?? []) {
      expect(streamEvidence(stream, stream.text.indexOf(text))).toBe(evidence);
    }
  });

  test('gives every character an origin, for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }), (lines) => {
        const stream = streamText(tableDocument([lines.map((line) => [line])]));
        expect(stream.origins).toHaveLength(stream.text.length);
        expect(stream.bareToText).toHaveLength(stream.bare.length);
      }),
    );
  });
});
