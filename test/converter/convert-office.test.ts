import { describe, expect, jest, test } from '@jest/globals';
import { chmodSync, readFileSync } from 'node:fs';
import { convertOffice } from '../../src/converter/convert-office.js';
import { docExtractor } from '../../src/extractors/doc/index.js';
import { docxExtractor } from '../../src/extractors/docx/index.js';
import { DEFAULT_EXTRACT_SETTINGS } from '../../src/extractors/extractor.js';
import type { Document } from '../../src/model/document.js';
import { DEFAULT_SETTINGS, processDocument, reconstructTables } from '../../src/pipeline/process-document.js';
import { buildZip } from '../helpers/build-zip.js';
import { hasOffice, officeConvert } from '../helpers/office.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';
import { buildCompoundFile } from '../extractors/doc/build-word.js';

const LIMITS = { timeoutMs: 180_000, maxBytes: 10_000_000 };
const INPUT = { path: null, uri: null, hints: {} };
/** LibreOffice may take a minute to start on a busy machine. */
jest.setTimeout(600_000);
const officeTest = hasOffice ? test : test.skip;
const named = (name: string): string => (hasOffice ? name : `${name} (LibreOffice is not installed)`);

describe('convertOffice', () => {
  test('says that the program is missing', async () => {
    const conversion = await convertOffice(new Uint8Array([1]), 'docx', LIMITS, ['/nowhere/soffice']);
    expect(conversion).toEqual({ kind: 'missing' });
  });

  test('ends a program that hangs', async () => {
    const folder = new TemporaryFolder();
    const program = folder.write('hang', '#!/bin/sh\nsleep 60 & wait\n');
    chmodSync(program, 0o755);
    const limits = { ...LIMITS, timeoutMs: 100 };
    const conversion = await convertOffice(new Uint8Array([1]), 'docx', limits, [program]);
    expect(conversion).toEqual({ kind: 'failed', reason: 'it was ended after 100 ms' });
    folder.remove();
  });

  test('tells of a program that ends without a result', async () => {
    const conversion = await convertOffice(new Uint8Array([1]), 'docx', LIMITS, ['true']);
    expect(conversion).toEqual({ kind: 'failed', reason: 'it does not read this file' });
  });
});

describe('the pipeline with a converter', () => {
  const ods = buildZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    {
      name: 'META-INF/manifest.xml',
      content:
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">' +
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>' +
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    },
    {
      name: 'content.xml',
      content:
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' +
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">' +
        '<office:body><office:spreadsheet><table:table table:name="a"><table:table-row>' +
        '<table:table-cell office:value-type="string"><text:p>许可</text:p></table:table-cell>' +
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>' +
        '</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>',
    },
  ]);

  officeTest(named('reads a kind that no extractor knows from what LibreOffice makes of it'), async () => {
    const { tables, diagnostics } = await reconstructTables(ods, INPUT, DEFAULT_SETTINGS);
    expect(tables.map((table) => table.cells.map((cell) => cell.text))).toEqual([['许可', '12']]);
    expect(diagnostics?.map(({ code }) => code)).toEqual(['CONVERTED']);
  });

  test('asks nobody where the converter is off', async () => {
    const record = await processDocument(ods, INPUT, { ...DEFAULT_SETTINGS, converter: 'off' });
    expect(record.error).toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
    expect(record.error?.message).not.toContain('LibreOffice');
  });

  test('asks nobody about what is no office document', async () => {
    const other = buildCompoundFile({ Something: new Uint8Array(8) });
    const record = await processDocument(other, INPUT, { ...DEFAULT_SETTINGS, converter: 'always' });
    expect(record.error?.message).not.toContain('LibreOffice');
  });

  test('does not start what there is no time for', async () => {
    const extract = { ...DEFAULT_EXTRACT_SETTINGS, deadline: Date.now() };
    const record = await processDocument(ods, INPUT, { ...DEFAULT_SETTINGS, extract });
    expect(record.error).toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
    expect(record.error?.message).toContain('no time is left');
  });
});

describe('the reader of binary Word against LibreOffice', () => {
  // Column numbers are left out: LibreOffice rounds borders so that a column a hundredth of an inch wide may come into being.
  const shape = (document: Document): unknown => ({
    texts: document.blocks.flatMap((block) =>
      block.kind === 'table' || block.region === 'furniture' ? [] : [block.text],
    ),
    tables: document.tables.map((table) => table.cells.map((c) => [c.rowIndex, c.rowSpan, c.text])),
  });

  officeTest.each(['auto-numbered', 'tracked-changes'])(
    named('both see the same texts and cells in %s'),
    async (sample) => {
      const original = new Uint8Array(readFileSync(`samples/docx/${sample}.docx`));
      const binary = officeConvert(original, 'docx', 'doc');
      const own = await docExtractor.extract(binary, DEFAULT_EXTRACT_SETTINGS, {});
      const conversion = await convertOffice(binary, 'docx', LIMITS);
      if (conversion.kind !== 'converted') throw new Error(conversion.kind);
      const other = await docxExtractor.extract(conversion.bytes, DEFAULT_EXTRACT_SETTINGS, {});
      expect(shape(own)).toEqual(shape(other));
    },
  );

  officeTest(named('a second reading is told, and agrees'), async () => {
    const original = new Uint8Array(readFileSync('samples/docx/auto-numbered.docx'));
    const binary = officeConvert(original, 'docx', 'doc');
    const settings = { ...DEFAULT_SETTINGS, converter: 'always' as const };
    const record = await processDocument(binary, INPUT, settings);
    expect(record.form).toBe('2021');
    expect(record.extraction.extractor).toBe('doc');
    expect(record.extraction.diagnostics.map(({ code }) => code)).toContain('CONVERTED');
    expect(record.extraction.diagnostics.map(({ code }) => code)).not.toContain('ENGINES_DISAGREE');
  });
});
