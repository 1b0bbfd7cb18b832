import { z } from 'zod';
import { AppError } from '../errors/app-error.js';

const numberOrNone = z.number().nullable();

/** What a document's cell prints; `any` where the print itself leaves several readings open. */
const fieldTruth = z.union([numberOrNone, z.object({ any: z.array(numberOrNone) })]);
export type FieldTruth = z.infer<typeof fieldTruth>;

const truthSchema = z
  .object({
    file: z.string().min(1),
    format: z.string().optional(),
    family: z.string().optional(),
    form: z.string().nullish(),
    hard: z.unknown().optional(),
    meta: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
    fields: z.record(z.string(), fieldTruth).default({}),
    expect_failed: z.array(z.string()).default([]),
  })
  .transform((truth) => {
    const format = truth.format ?? truth.file.split('.').at(-1) ?? '';
    return { ...truth, form: truth.form ?? null, format, family: truth.family ?? format };
  });

/** What one document holds, settled by hand or by the program that made it. */
export type Truth = z.output<typeof truthSchema>;

/** Reads the lines of a truth.jsonl; throws USAGE with the line that does not fit. */
export function parseTruthLines(text: string, name: string): Truth[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => parseTruth(line, `${name}, line ${number}`));
}

/** Reads one truth from JSON; `place` says where it stands. Throws USAGE where it does not fit. */
export function parseTruth(json: string, place: string): Truth {
  try {
    return truthSchema.parse(JSON.parse(json));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('USAGE', `${place} is no truth: ${reason}`, { cause: error });
  }
}
