import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { en } from '../../web/src/i18n/en.js';
import { zh } from '../../web/src/i18n/zh.js';

const WEB = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web', 'src');
const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(WEB, name), 'utf8') }));

describe('the review app', () => {
  test('takes types from the server and nothing that runs', () => {
    const imports = /import (?!type )[^;]*from '(?:\.\.\/)+src\//;
    expect(files.filter(({ text }) => imports.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test('never makes markup of text', () => {
    const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/;
    expect(files.filter(({ text }) => markup.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test('says every sentence in both languages, with the same values in it', () => {
    const values = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
    const keys = Object.keys(en) as (keyof typeof en)[];
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
    expect(keys.filter((key) => values(en[key]).join() !== values(zh[key]).join())).toEqual([]);
  });
});
