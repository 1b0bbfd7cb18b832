import { csv, csvLong } from './csv.js';
import type { Exporter } from './exporter.js';
import { jsonl } from './jsonl.js';
import { parquet } from './parquet.js';
import { xlsx } from './xlsx.js';

/** Every export that there is; command line and API follow this list. */
export const EXPORTERS: readonly Exporter[] = [jsonl, csv, csvLong, parquet, xlsx];
