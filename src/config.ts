import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { AppError } from './errors/app-error.js';

const MAX_DEFAULT_THREADS = 8;

/** What the environment may set; the one place that knows the names. Flags of the command line win over it. */
const environmentSchema = z.object({
  GONGKAI_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('warn')
    .describe('How much is logged to standard error.'),
  GONGKAI_JOBS: wholeNumber(1, 64)
    .default(Math.min(availableParallelism(), MAX_DEFAULT_THREADS))
    .describe('How many documents are read at the same time, each in a thread of its own.'),
  GONGKAI_TIMEOUT_MS: wholeNumber(10, 3_600_000)
    .default(60_000)
    .describe('Time limit for one document, in milliseconds.'),
  GONGKAI_HEAP_MB: wholeNumber(32, 16_384)
    .default(1_024)
    .describe('Heap limit for one document, in megabytes.'),
});

/** Every setting that comes from outside, checked and frozen once at start. */
export interface Config {
  readonly logLevel: z.infer<typeof environmentSchema>['GONGKAI_LOG_LEVEL'];
  readonly jobs: number;
  readonly timeoutMs: number;
  readonly heapMb: number;
  /** Colours and bars are left out where the user asks for plain output (NO_COLOR, TERM=dumb). */
  readonly plainOutput: boolean;
}

/** Reads `environment` (by default the process's own) into a Config; throws CONFIG_INVALID naming every bad variable. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environmentSchema.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError(
      'CONFIG_INVALID',
      `The environment holds a setting that does not fit. ${problems.join('; ')}`,
    );
  }
  return Object.freeze({
    logLevel: parsed.data.GONGKAI_LOG_LEVEL,
    jobs: parsed.data.GONGKAI_JOBS,
    timeoutMs: parsed.data.GONGKAI_TIMEOUT_MS,
    heapMb: parsed.data.GONGKAI_HEAP_MB,
    plainOutput: Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb',
  });
}

/** Name, meaning and default of every environment variable, for the documentation. */
export function describeEnvironment(): { name: string; meaning: string; standard: string }[] {
  return Object.entries(environmentSchema.shape).map(([name, schema]) => ({
    name,
    meaning: schema.description ?? '',
    standard:
      name === 'GONGKAI_JOBS'
        ? `one a processor, at most ${MAX_DEFAULT_THREADS}`
        : String(schema.parse(undefined)),
  }));
}

/** `FOO= gongkai …` means "not set", as everywhere in shells. */
function withoutEmpty(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(set);
}

function wholeNumber(least: number, most: number) {
  return z.coerce.number().int().min(least).max(most);
}
