import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { detectFormat } from '../../src/extractors/detect-format.js';
import { WIDE_COLUMNS, type ExportRecord } from '../../src/exports/export-row.js';
import { dictionaryRows } from '../../src/exports/dictionary.js';
import { EXPORTERS } from '../../src/exports/registry.js';
import { safeText } from '../../src/exports/safe-text.js';
import { openZip } from '../../src/extractors/archive/read-zip.js';
import { aField, aRecord } from '../helpers/record-builder.js';

const FORMULA = '=HYPERLINK("http://evil","x")';
const hostile: ExportRecord = {
  documentId: 'd1',
  crawledAt: null,
  extractorVersion: '1.0.0',
  corrected: new Set(['field:applications.new.total']),
  record: aRecord({
    meta: {
      agency_name: { value: FORMULA, confidence: 1, evidence: [] },
      title: { value: '一,"二"\n三', confidence: 1, evidence: [] },
    },
    fields: {
      'applications.new.total': aField(-3, { raw: '减3' }),
      'applications.new.natural_person': aField(null, { raw: '-', status: 'marked' }),
    },
  }),
};

async function write(id: string, records: readonly ExportRecord[], bom = false): Promise<Buffer> {
  const exporter = EXPORTERS.find((one) => one.id === id);
  const out = new PassThrough();
  const collected = buffer(out);
  async function* rows(): AsyncGenerator<ExportRecord> {
    yield* await Promise.resolve(records);
  }
  await exporter?.write(rows(), out, { bom });
  out.end();
  return collected;
}

describe('safeText', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', '|x'])('defuses %j', (text) => {
    expect(safeText(text)).toBe(`'${text}`);
  });
  it('leaves other text as it is, without control characters', () => {
    expect(safeText('海宁市\u0000教育局')).toBe('海宁市教育局');
  });
});

describe('the CSV exports', () => {
  it('write a head, then a row a report, with quotes and formulas made harmless', async () => {
    const [head, ...rows] = (await write('csv', [hostile])).toString('utf8').split('\r\n');
    expect(head?.split(',')).toEqual(WIDE_COLUMNS.map((column) => column.name));
    expect(rows.join('\r\n')).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
    expect(rows.join('\r\n')).toContain('"一,""二""\n三"');
    expect(rows.join('\r\n')).toContain(',-3,');
  });

  it('write a row a field with its status and whether a person settled it', async () => {
    const text = (await write('csv-long', [hostile])).toString('utf8');
    expect(text).toContain(',applications.new.total,');
    expect(text).toMatch(/applications\.new\.natural_person,[^\r]*,,marked,'-,0\.999,false,\r\n/);
    expect(text).toMatch(/applications\.new\.total,[^\r]*,-3,reported,减3,0\.999,true,\r\n/);
  });

  it('start with a byte order mark on request, and hold a head alone for nothing', async () => {
    const bytes = await write('csv', [], true);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8').split('\r\n')).toHaveLength(2);
  });
});

describe('the other exports', () => {
  it('JSON lines hold the records themselves', async () => {
    const [line] = (await write('jsonl', [hostile])).toString('utf8').split('\n');
    expect(JSON.parse(line ?? '')).toEqual(JSON.parse(JSON.stringify(hostile.record)));
  });

  it('XLSX is a workbook whose text cells are no formulas, with the dictionary beside', async () => {
    const bytes = await write('xlsx', [hostile]);
    expect((await detectFormat(bytes)).format).toBe('sheet');
    const zip = await openZip(bytes);
    const sheet = new TextDecoder().decode(await zip.read('xl/worksheets/sheet1.xml'));
    expect(sheet).toContain(`<c t="inlineStr"><is><t xml:space="preserve">'=HYPERLINK(`);
    expect(sheet).toContain('<c><v>-3</v></c>');
    expect(sheet).not.toContain('<f>');
    expect(new TextDecoder().decode(await zip.read('xl/worksheets/sheet2.xml'))).toContain('agency_name');
  });

  it('Parquet holds typed columns and every field', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-export-'));
    try {
      const file = join(folder, 'a.parquet');
      writeFileSync(file, await write('parquet', [hostile]));
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const reader = await connection.runAndReadAll(
        `select field, value, status, corrected from '${file}' order by field`,
      );
      expect(reader.getRows()).toEqual([
        ['applications.new.natural_person', null, 'marked', false],
        ['applications.new.total', -3, 'reported', true],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('the dictionary explains every column once', () => {
    const names = dictionaryRows().map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const column of WIDE_COLUMNS) expect(names).toContain(column.name);
  });
});
