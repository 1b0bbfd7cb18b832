import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GongkaiRecord, MetaValue } from '../../src/model/record.js';
import { joinRecords } from '../../src/reports/join-records.js';
import { aField, aRecord, sha256 } from '../helpers/record-builder.js';

const meta = (value: string | number): MetaValue => ({ value, confidence: 0.98, evidence: [] });
const SAID = { agency_name: meta('海宁市教育局'), year: meta(2023) };
const NUMBERS = { a: aField(12), b: aField(3), c: aField(0) };

/** A reading found at `name`; `values` are its fields. */
function reading(name: string, changes: Partial<GongkaiRecord> = {}): GongkaiRecord {
  return aRecord({ source: sourceOf(name), meta: SAID, fields: NUMBERS, checks: [], ...changes });
}

/** A page without a report that points to `links`. */
function pointing(
  name: string,
  links: readonly string[],
  changes: Partial<GongkaiRecord> = {},
): GongkaiRecord {
  const diagnostic = { code: 'POINTS_TO_ATTACHMENT', message: 'points', links } as const;
  return aRecord({
    source: sourceOf(name),
    extraction: { ...aRecord().extraction, diagnostics: [diagnostic] },
    form: null,
    fields: {},
    checks: [],
    meta: { ...SAID, title: meta('2023年年度报告'), published_on: meta('2024-01-20') },
    confidence: 0,
    ...changes,
  });
}

function sourceOf(name: string): GongkaiRecord['source'] {
  const isUri = name.startsWith('http');
  const place = { path: isUri ? null : name, uri: isUri ? name : null };
  return { ...place, sha256: sha256(name), bytes: 1, media_type: 'x' };
}

const places = (record: GongkaiRecord | undefined): (string | null)[] =>
  (record?.joined ?? []).map(({ uri, path }) => uri ?? path);
const codes = (record: GongkaiRecord | undefined): string[] =>
  (record?.extraction.diagnostics ?? []).map(({ code }) => code);

describe('a page and its attachment', () => {
  const page = pointing('http://www.gov.cn/2024/1.html', ['http://www.gov.cn/f/a%20b.pdf']);

  test('are one report: the page says what the attachment does not', () => {
    const attachment = reading('https://WWW.gov.cn/f/a b.pdf', { meta: { agency_name: meta('教育局') } });
    const [first, second] = joinRecords([page, attachment]);
    expect(first).toEqual(page);
    expect(second?.meta).toMatchObject({
      agency_name: { value: '教育局' },
      year: { value: 2023 },
      published_on: { value: '2024-01-20', evidence: [] },
    });
    expect(second?.joined).toMatchObject([{ role: 'page', uri: page.source.uri }]);
    expect(codes(second)).toEqual(['JOINED']);
    expect(second?.fields).toEqual(NUMBERS);
  });

  test('are recognised by their names where they were saved side by side', () => {
    const saved = pointing('crawl/7/index.html', ['http://www.gov.cn/f/%E5%B9%B4%E6%8A%A5.docx?x=1']);
    const [, beside, elsewhere] = joinRecords([
      saved,
      reading('crawl/7/files/年报.docx', { meta: {} }),
      reading('crawl/8/年报.docx', { meta: {} }),
    ]);
    expect(places(beside)).toEqual(['crawl/7/index.html']);
    expect(elsewhere?.joined).toBeUndefined();
  });

  test('stay apart where the page points to the reports of several bodies', () => {
    const list = pointing('http://www.gov.cn/list.html', [
      'http://www.gov.cn/1.pdf',
      'http://www.gov.cn/2.pdf',
    ]);
    const bodies = ['教育局', '民政局'].map((name, i) =>
      reading(`http://www.gov.cn/${i + 1}.pdf`, { meta: { ...SAID, agency_name: meta(name) } }),
    );
    expect(joinRecords([list, ...bodies]).every((record) => record.joined === undefined)).toBe(true);
  });

  test('are joined where it points to the report in two formats', () => {
    const both = pointing('http://www.gov.cn/p.html', [
      'http://www.gov.cn/1.pdf',
      'http://www.gov.cn/1.docx',
    ]);
    const joined = joinRecords([
      both,
      reading('http://www.gov.cn/1.pdf', { confidence: 0.9 }),
      reading('http://www.gov.cn/1.docx'),
    ]);
    expect(places(joined[2])).toEqual(['http://www.gov.cn/1.pdf', 'http://www.gov.cn/p.html']);
    expect(joined[1]?.joined).toBeUndefined();
  });
});

describe('readings of one report', () => {
  test('are joined by body, year and content, and the surest speaks', () => {
    const [page, pdf] = joinRecords([
      reading('http://a.cn/1.html', { confidence: 0.7 }),
      reading('http://a.cn/1.pdf', { confidence: 0.95 }),
    ]);
    expect(page?.joined).toBeUndefined();
    expect(pdf?.joined).toMatchObject([{ role: 'reading', uri: 'http://a.cn/1.html' }]);
    expect(pdf?.checks).toMatchObject([{ id: 'same_report', status: 'passed' }]);
    expect(pdf?.confidence).toBe(0.95);
  });

  test('that differ are flagged: the check fails, the values are doubted and kept', () => {
    const [best] = joinRecords([
      reading('http://a.cn/1.docx'),
      reading('http://a.cn/1.pdf', { confidence: 0.9, fields: { ...NUMBERS, b: aField(8) } }),
    ]);
    expect(best?.fields['b']).toMatchObject({ value: 3, confidence: 0.8 });
    expect(best?.fields['a']).toMatchObject({ value: 12, confidence: 0.999 });
    expect(best?.checks).toMatchObject([
      { id: 'same_report', status: 'failed', left: 3, right: 8, fields: ['b'] },
    ]);
    expect(codes(best)).toEqual(['JOINED', 'SOURCES_DISAGREE']);
    expect(best?.review).toMatchObject({ needed: true });
    expect(best?.confidence).toBe(0.8);
  });

  test('do not differ by what one of them did not find', () => {
    const [best] = joinRecords([
      reading('http://a.cn/1.docx'),
      reading('http://a.cn/1.pdf', { confidence: 0.5, fields: { ...NUMBERS, b: aField(null) } }),
    ]);
    expect(best?.checks).toMatchObject([{ status: 'passed' }]);
  });

  test.each([
    ['of another year', { meta: { ...SAID, year: meta(2022) } }],
    ['of another body', { meta: { ...SAID, agency_name: meta('海盐县教育局') } }],
    ['on another form', { form: '2019' as const }],
    ['with other numbers', { fields: { a: aField(40), b: aField(41), c: aField(9) } }],
  ])('are not joined with one %s', (_, changes) => {
    const joined = joinRecords([reading('http://a.cn/1.docx'), reading('http://a.cn/2.docx', changes)]);
    expect(joined.every((record) => record.joined === undefined)).toBe(true);
  });

  test('a whole reading speaks before a partial one that is surer', () => {
    const partial = { ...aRecord().extraction, partial: true };
    const [, whole] = joinRecords([
      reading('http://a.cn/1.pdf', { confidence: 0.99, extraction: partial }),
      reading('http://a.cn/1.html', { confidence: 0.8 }),
    ]);
    expect(places(whole)).toEqual(['http://a.cn/1.pdf']);
  });

  test('text speaks before a picture where both are as sure', () => {
    const image = { ...aRecord().extraction, extractor: 'image' };
    const [, text] = joinRecords([
      reading('http://a.cn/1.png', { extraction: image }),
      reading('http://a.cn/1.html'),
    ]);
    expect(places(text)).toEqual(['http://a.cn/1.png']);
  });
});

test('joining keeps every record in its place, invents no value and changes none', () => {
  const record = fc
    .record({
      name: fc.constantFrom('http://a.cn/1.pdf', 'http://a.cn/2.doc', 'b/1.pdf', 'b/c.html'),
      year: fc.constantFrom(2022, 2023),
      value: fc.nat(3),
      isPage: fc.boolean(),
    })
    .map(({ name, year, value, isPage }) =>
      isPage
        ? pointing(name, ['http://a.cn/1.pdf', '1.pdf'])
        : reading(name, { meta: { ...SAID, year: meta(year) }, fields: { ...NUMBERS, b: aField(value) } }),
    );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const joined = joinRecords(records);
      expect(joined.map(({ source }) => source)).toEqual(records.map(({ source }) => source));
      const values = (list: readonly GongkaiRecord[]): unknown =>
        list.map(({ fields }) => Object.entries(fields).map(([key, { value, raw }]) => [key, value, raw]));
      expect(values(joined)).toEqual(values(records));
    }),
  );
});
