import { z } from 'zod';
import { formId, listing } from './common.js';

const labelled = { key: z.string(), labels: z.array(z.string()) };
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
    blocks: z.array(z.object({ rows: z.array(row), columns: z.array(column) })),
  }),
  z.object({
    arrangement: z.literal('across'),
    id: tableId,
    groups: z.array(z.object(labelled)),
    columns: z.array(column),
    spans: z.array(z.object({ labels: z.array(z.string()), groups: z.array(z.int()) })),
  }),
]);

const identity = z.object({ id: z.string(), sum: z.array(z.string()), equals: z.array(z.string()) });

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
    tables: z.array(table),
    identities: z.array(identity),
    fields: z.array(formField).meta({ description: 'Every field in printed order.' }),
  })
  .meta({ id: 'Form' });

export const formParams = z.object({ id: formId });
export const formList = listing(
  z.object({ id: formId, years: z.object({ first: z.int(), last: z.int() }), fields: z.int() }),
);
