import { z } from 'zod';
import { EXPORTERS } from '../../exports/registry.js';
import { listing } from './common.js';
import { documentFilter } from './documents.js';

const FORMATS = EXPORTERS.map((exporter) => exporter.id) as [string, ...string[]];

export const exportParams = z.object({ format: z.enum(FORMATS) });
export const exportQuery = z.object({
  ...documentFilter,
  bom: z.stringbool().default(false).meta({ description: 'CSV: begin with a byte order mark, for Excel.' }),
});
export const exportList = listing(z.object({ id: z.string(), mediaType: z.string(), extension: z.string() }));
