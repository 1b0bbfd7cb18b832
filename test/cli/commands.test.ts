import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildProgram } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config.js';
import { parseRecords, runCli } from '../helpers/run-cli.js';
import { TemporaryFolder } from '../helpers/temporary-folder.js';
import type { TablesResult } from '../../src/pipeline/reconstruct-tables.js';

const SAMPLES = join(process.cwd(), 'samples');
const DOCX = join(SAMPLES, 'docx/auto-numbered.docx');
const PAGE = join(SAMPLES, 'html/not-a-report.html');
const TEXT = join(SAMPLES, 'text/cut-markdown.txt');
let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.remove());

describe('every command', () => {
  test.each(commandNames())('%s has a summary, a description and examples', async (name) => {
    const { stdout, exitCode } = await runCli([...name.split(' '), '--help']);
    expect(stdout).toMatch(/^Usage: gongkai .*\n\n\S/);
    expect(stdout).toContain('Examples:');
    expect(exitCode).toBe(0);
  });
});

describe('gongkai extract', () => {
  test('prints one record a line in the order of the arguments, whichever is ready first', async () => {
    const { stdout, exitCode } = await runCli(['extract', DOCX, PAGE, TEXT, '--jobs', '3']);
    expect(parseRecords(stdout).map((record) => record.source.path)).toEqual([DOCX, PAGE, TEXT]);
    expect(exitCode).toBe(0);
  });

  test('a file that cannot be read gives a record with its error, and the rest goes on', async () => {
    const missing = join(folder.path, 'missing.pdf');
    const { stdout, stderr, exitCode } = await runCli(['extract', missing, TEXT]);
    const [first, second] = parseRecords(stdout);
    expect(first).toMatchObject({ form: null, error: { code: 'SOURCE_UNREADABLE' } });
    expect(second).toMatchObject({ form: '2014' });
    expect(stderr).toContain('"code":"SOURCE_UNREADABLE"');
    expect(stderr).toContain('2/2 documents, 1 failed');
    expect(exitCode).toBe(2);
  });

  test('--join joins a page with the attachment beside it, and keeps a record a file', async () => {
    const page = folder.write(
      'a/1.html',
      '<html><body><p>年度报告</p><a href="x/r.docx">附件</a></body></html>',
    );
    const report = folder.write('a/x/r.docx', readFileSync(DOCX));
    const { stdout } = await runCli(['extract', '--join', page, report]);
    const [first, second] = parseRecords(stdout);
    expect(first).toMatchObject({ form: null, source: { path: page } });
    expect(first?.extraction.diagnostics.map(({ code }) => code)).toContain('POINTS_TO_ATTACHMENT');
    expect(second).toMatchObject({ form: '2021', joined: [{ role: 'page', path: page }] });
  });

  test('reads standard input', async () => {
    const { stdout } = await runCli(['extract', '-'], { stdin: readFileSync(TEXT) });
    expect(parseRecords(stdout)).toMatchObject([{ form: '2014', source: { path: null } }]);
  });

  test('--format json prints one array, also for nothing', async () => {
    const { stdout } = await runCli(['extract', TEXT, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([{ form: '2014' }]);
    const empty = await runCli(['extract', folder.path, '--format', 'json']);
    expect(JSON.parse(empty.stdout)).toEqual([]);
  });

  test('--format table shows what a person asks first, and says where the records are', async () => {
    const out = join(folder.path, 'deep/records.jsonl');
    const { stdout } = await runCli(['extract', DOCX, PAGE, '--format', 'table', '--out', out]);
    expect(stdout).toMatch(/auto-numbered\.docx +临河县教育体育局 +2021 +2021 +200\/\d+ +0\.\d+ +none/);
    expect(stdout).toMatch(/not-a-report\.html +.* – /);
    expect(stdout).toContain(`Records: ${out}`);
    expect(parseRecords(readFileSync(out, 'utf8'))).toHaveLength(2);
  });

  test('writes no colour and no bar where nobody looks at a terminal', async () => {
    const { stdout, stderr } = await runCli(['extract', DOCX, '--format', 'table']);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('--explain says what each confidence is made of', async () => {
    const { stdout } = await runCli(['extract', DOCX, '--explain']);
    const [record] = parseRecords(stdout);
    expect(record?.fields['applications.new.total']?.explain?.length).toBeGreaterThan(0);
  });

  test('--trace says how long each stage took', async () => {
    const { stdout } = await runCli(['extract', DOCX, '--trace']);
    expect(parseRecords(stdout)[0]?.extraction).toHaveProperty('stages_ms');
  });
});

describe('gongkai tables', () => {
  test('prints the tables of any document with their spans', async () => {
    const { stdout, exitCode } = await runCli(['tables', DOCX]);
    const { tables } = JSON.parse(stdout) as TablesResult;
    expect(tables.map((table) => [table.rows, table.columns])).toEqual([
      [14, 4],
      [28, 10],
      [4, 15],
    ]);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['html', /<td rowspan="3" colspan="3">|<td colspan="3" rowspan="3">/],
    ['md', /\| 单位 \| 报送时限 \| 联系人 \|/],
    ['csv', /^\uFEFFdocument,table,row,cells\r\n/],
  ])('--format %s is for people and other programs', async (format, expected) => {
    const { stdout } = await runCli(['tables', DOCX, PAGE, '--format', format]);
    expect(stdout).toMatch(expected);
  });

  test('a file that cannot be read gives its error, and the exit code says so', async () => {
    const { stdout, exitCode } = await runCli(['tables', join(folder.path, 'missing.pdf')]);
    expect(JSON.parse(stdout)).toMatchObject({ tables: [], error: { code: 'SOURCE_UNREADABLE' } });
    expect(exitCode).toBe(2);
  });
});

describe('gongkai eval', () => {
  test('scores a folder of expected records, as a whole and by format', async () => {
    const { stdout } = await runCli(['eval', join(SAMPLES, 'docx'), '--by', 'format']);
    expect(stdout).toMatch(/^all +docs=2 no_record=0 form=1 fields=1 /m);
    expect(stdout).toMatch(/^docx +docs=2 /m);
  });

  test('scores a folder with truth.jsonl, names the first wrong values, keeps the records', async () => {
    folder.write('a.txt', readFileSync(TEXT));
    folder.write('truth.jsonl', '{"file":"a.txt","form":"2014","meta":{"year":1999},"fields":{}}\n');
    const out = join(folder.path, 'records.jsonl');
    const { stdout, exitCode } = await runCli(['eval', folder.path, '--errors', '1', '--out', out]);
    expect(stdout).toContain('wrong: a.txt txt meta.year wanted 1999 got 2017');
    expect(existsSync(out)).toBe(true);
    expect(exitCode).toBe(0);
  });

  test('--json prints one object for programs', async () => {
    const { stdout } = await runCli(['eval', join(SAMPLES, 'docx'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ all: { docs: 2, fields: 1 } });
  });

  test('says what a folder without truth lacks', async () => {
    await expect(runCli(['eval', folder.path])).rejects.toMatchObject({ code: 'USAGE' });
  });
});

function commandNames(): string[] {
  const { stdin, stdout, stderr } = process;
  const program = buildProgram({ stdin, stdout, stderr, config: loadConfig({}), exitCode: 0 });
  expect(program.commands.every((command) => command.summary() !== '')).toBe(true);
  return program.commands.map((command) => command.name());
}
