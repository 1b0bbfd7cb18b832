import { z } from 'zod';
import { formId, list, listing } from './common.js';

const labelled = { key: z.string(), labels: list(z.string()) };
const column = z.object({ ...labelled, unit: z.string().optional() });
const row = z.object({
  ...labelled,
  kind: z.enum(['data', 'group', 'caption']),
  unit: z.string(),
  optional: z.boolean().optional(),
});
const tableId = z.enum(['disclosure', 'applications', 'review_and_litigation', 'statistics']);

const table = z.discriminatedUnion('arrangement', [
  z.object({
    arrangement: z.literal('down'),
    id: tableId,
    prefix: z.string(),
    blocks: list(z.object({ rows: list(row), columns: list(column) })),
  }),
  z.object({
    arrangement: z.literal('across'),
    id: tableId,
    groups: list(z.object(labelled)),
    columns: list(column),
    spans: list(z.object({ labels: list(z.string()), groups: list(z.int()) })),
  }),
]);

const identity = z.object({ id: z.string(), sum: list(z.string()), equals: list(z.string()) });

const formField = z.object({
  key: z.string(),
  table: tableId,
  row: z.string(),
  column: z.string(),
  unit: z.string(),
  optional: z.boolean(),
});

/** An official form as data: enough to draw it. The first of `labels` is the official wording. */
export const form = z
  .object({
    id: formId,
    years: z.object({ first: z.int(), last: z.int() }),
    tables: list(table),
    identities: list(identity),
    fields: list(formField).meta({ description: 'Every field in printed order.' }),
  })
  .meta({ id: 'Form' });

export const formParams = z.object({ id: formId });
export const formList = listing(
  z.object({ id: formId, years: z.object({ first: z.int(), last: z.int() }), fields: z.int() }),
);
