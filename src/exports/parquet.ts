import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fieldRows, LONG_COLUMNS, type ColumnType, type ExportRecord } from './export-row.js';
import { put, type Exporter } from './exporter.js';

const DUCKDB_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** A row a field, compressed with zstd. DuckDB makes it from JSON lines in a temporary folder, in bounded memory. */
export const parquet: Exporter = {
  id: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  write: async (rows, out) => {
    const folder = await mkdtemp(join(tmpdir(), 'gongkai-parquet-'));
    try {
      const lines = join(folder, 'rows.jsonl');
      const file = join(folder, 'rows.parquet');
      await writeLines(rows, lines);
      await convert(lines, file, folder);
      for await (const part of createReadStream(file) as AsyncIterable<Buffer>) await put(out, part);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function writeLines(rows: AsyncIterable<ExportRecord>, path: string): Promise<void> {
  const out = createWriteStream(path);
  for await (const record of rows) {
    const lines = fieldRows(record).map((row) =>
      JSON.stringify(Object.fromEntries(LONG_COLUMNS.map((column) => [column.name, column.value(row)]))),
    );
    await put(out, lines.map((line) => `${line}\n`).join(''));
  }
  out.end();
  await once(out, 'finish');
}

/** Beyond this DuckDB writes to its folder instead of growing with the number of rows. */
const DUCKDB_SETTINGS = { memory_limit: '256MB', threads: '2' } as const;

async function convert(lines: string, file: string, folder: string): Promise<void> {
  // 70 MB that only this export needs.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { ...DUCKDB_SETTINGS, temp_directory: folder });
  const connection = await instance.connect();
  try {
    const columns = LONG_COLUMNS.map(({ name, type }) => `'${name}': '${DUCKDB_TYPES[type]}'`).join(', ');
    const source = `read_json(${quote(lines)}, format = 'newline_delimited', columns = {${columns}})`;
    await connection.run(
      `copy (select * from ${source}) to ${quote(file)} (format parquet, compression zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
