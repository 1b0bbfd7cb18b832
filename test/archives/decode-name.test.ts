import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeName, tidyName } from '../../src/archives/decode-name.js';

describe("an archive's file name", () => {
  test('is read as UTF-8 where it is UTF-8', () => {
    expect(decodeName(new TextEncoder().encode('年报/2023.pdf'))).toBe('年报/2023.pdf');
  });

  test('is read as GB 18030 where it is no UTF-8, as Chinese Windows writes it', () => {
    const gbk = Uint8Array.from([0xc4, 0xea, 0xb1, 0xa8, 0x2e, 0x64, 0x6f, 0x63]);
    expect(decodeName(gbk)).toBe('年报.doc');
  });

  test('becomes a label that cannot leave the archive', () => {
    expect(tidyName('C:\\reports\\..\\2023.pdf')).toBe('reports/2023.pdf');
    expect(tidyName('/etc/./passwd')).toBe('etc/passwd');
    expect(tidyName('..')).toBe('');
  });

  test('keeps no part that points elsewhere, whatever it holds', () => {
    const parts = fc.array(fc.constantFrom('..', '.', '', 'a', '年报', 'c:', '\\', '/'));
    fc.assert(
      fc.property(parts, fc.constantFrom('/', '\\'), (names, separator) => {
        const tidy = tidyName(names.join(separator));
        expect(tidy.startsWith('/')).toBe(false);
        expect(tidy.split('/').filter((part) => part === '..' || part === '.')).toEqual([]);
        expect(tidy).not.toContain('\\');
      }),
    );
  });
});
