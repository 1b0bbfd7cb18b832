import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';
import { AppError } from './errors/app-error.js';

const MAX_DEFAULT_THREADS = 8;
/** What a process that recognises text may take (bytes), and the share of the memory that all of them may. */
const OCR_PROCESS_BYTES = 1.5 * 2 ** 30;
const OCR_MEMORY_SHARE = 0.5;

/** What the environment may set; the one place that knows the names. Flags of the command line win over it. */
const environmentSchema = z.object({
  GONGKAI_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('warn')
    .describe('How much is logged to standard error.'),
  GONGKAI_JOBS: wholeNumber(1, 64)
    .default(Math.min(availableParallelism(), MAX_DEFAULT_THREADS))
    .describe('How many documents are read at the same time, each in a thread of its own.'),
  GONGKAI_OCR_JOBS: wholeNumber(1, 64)
    .default(defaultOcrJobs)
    .describe(
      'How many pages are recognised at the same time, of one document or of several, each in a process of its own.',
    ),
  GONGKAI_TIMEOUT_MS: wholeNumber(10, 3_600_000)
    .default(120_000)
    .describe('Time limit for one document, in milliseconds.'),
  GONGKAI_HEAP_MB: wholeNumber(32, 16_384)
    .default(1_024)
    .describe('Heap limit for one document, in megabytes.'),
  GONGKAI_DATA: z
    .string()
    .default('gongkai-data')
    .describe('Folder of the embedded store: SQLite, objects. Not used for what a service keeps.'),
  GONGKAI_DATABASE_URL: address(['postgres:', 'postgresql:'])
    .optional()
    .describe(
      'PostgreSQL for records and runs, such as postgres://user:word@host/name; SQLite where not set.',
    ),
  GONGKAI_REDIS_URL: z
    .string()
    .optional()
    .describe(
      'Redis for the queue (several addresses with commas: a Cluster); process memory where not set.',
    ),
  GONGKAI_S3_ENDPOINT: address(['http:', 'https:'])
    .optional()
    .describe('S3-compatible store for the bytes, such as http://minio:9000; files where not set.'),
  GONGKAI_S3_BUCKET: z.string().default('gongkai').describe('Bucket, which must exist.'),
  GONGKAI_S3_REGION: z.string().default('us-east-1').describe('Region that requests are signed for.'),
  GONGKAI_S3_ACCESS_KEY_ID: z.string().optional().describe('Key for the S3-compatible store.'),
  GONGKAI_S3_SECRET_ACCESS_KEY: z.string().optional().describe('Its secret.'),
  GONGKAI_LOCK_MS: wholeNumber(500, 600_000)
    .default(30_000)
    .describe('A job whose worker is silent for so long goes to another one, in milliseconds.'),
  GONGKAI_GRACE_MS: wholeNumber(0, 3_600_000)
    .default(20_000)
    .describe(
      'What a worker that is told to stop gives its documents before it hands them back, in milliseconds.',
    ),
  GONGKAI_TOKENS: z
    .string()
    .optional()
    .describe(
      'Who may use the API: name:scope:secret, several with commas; scopes read, review, admin. The secret may stand as sha256:<hex>.',
    ),
  GONGKAI_TOKENS_FILE: z.string().optional().describe('A file with such tokens, one a line.'),
  GONGKAI_NO_SERVE: z
    .string()
    .optional()
    .describe('Set to anything: `gongkai start` ends when it has printed what it read, and serves nothing.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http:', 'https:'])
    .optional()
    .describe('Where traces go (OTLP over HTTP); none are made where not set.'),
});

/** Where objects are kept outside this machine. */
export interface S3Config {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Every setting that comes from outside, checked and frozen once at start. */
export interface Config {
  readonly logLevel: z.infer<typeof environmentSchema>['GONGKAI_LOG_LEVEL'];
  readonly jobs: number;
  readonly ocrJobs: number;
  readonly timeoutMs: number;
  readonly heapMb: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly s3: S3Config | null;
  readonly lockMs: number;
  readonly graceMs: number;
  readonly tokens: string | null;
  readonly tokensFile: string | null;
  /** False: `gongkai start` serves nothing. */
  readonly serves: boolean;
  readonly traceEndpoint: string | null;
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
    ocrJobs: parsed.data.GONGKAI_OCR_JOBS,
    timeoutMs: parsed.data.GONGKAI_TIMEOUT_MS,
    heapMb: parsed.data.GONGKAI_HEAP_MB,
    dataFolder: parsed.data.GONGKAI_DATA,
    databaseUrl: parsed.data.GONGKAI_DATABASE_URL ?? null,
    redisUrl: parsed.data.GONGKAI_REDIS_URL ?? null,
    s3: s3Config(parsed.data),
    lockMs: parsed.data.GONGKAI_LOCK_MS,
    graceMs: parsed.data.GONGKAI_GRACE_MS,
    tokens: parsed.data.GONGKAI_TOKENS ?? null,
    tokensFile: parsed.data.GONGKAI_TOKENS_FILE ?? null,
    serves: parsed.data.GONGKAI_NO_SERVE === undefined,
    traceEndpoint: parsed.data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    plainOutput: Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb',
  });
}

/** Defaults that depend on the machine, in words. */
const STANDARDS_OF_MACHINES: Readonly<Record<string, string>> = {
  GONGKAI_JOBS: `one a processor, at most ${MAX_DEFAULT_THREADS}`,
  GONGKAI_OCR_JOBS: `one a processor and 3 GB of memory, at most ${MAX_DEFAULT_THREADS}`,
};

/** Name, meaning and default of every environment variable, for the documentation. */
export function describeEnvironment(): { name: string; meaning: string; standard: string }[] {
  return Object.entries(environmentSchema.shape).map(([name, schema]) => ({
    name,
    meaning: schema.description ?? '',
    standard: STANDARDS_OF_MACHINES[name] ?? String(schema.parse(undefined) ?? 'not set'),
  }));
}

/** Half a configuration would put objects where nobody looks for them. */
function s3Config(set: z.infer<typeof environmentSchema>): S3Config | null {
  const { GONGKAI_S3_ENDPOINT: endpoint, GONGKAI_S3_BUCKET: bucket, GONGKAI_S3_REGION: region } = set;
  const { GONGKAI_S3_ACCESS_KEY_ID: accessKeyId, GONGKAI_S3_SECRET_ACCESS_KEY: secretAccessKey } = set;
  if (endpoint === undefined) return null;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { endpoint, bucket, region, accessKeyId, secretAccessKey };
  }
  throw new AppError(
    'CONFIG_INVALID',
    'GONGKAI_S3_ENDPOINT needs GONGKAI_S3_ACCESS_KEY_ID and GONGKAI_S3_SECRET_ACCESS_KEY beside it.',
  );
}

/** `FOO= gongkai …` means "not set", as everywhere in shells. */
function withoutEmpty(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(set);
}

/** One a processor, as far as the memory goes that this machine, or its container, has. */
function defaultOcrJobs(): number {
  const limit = process.constrainedMemory();
  const memory = limit ? Math.min(limit, totalmem()) : totalmem();
  const fitting = Math.floor((OCR_MEMORY_SHARE * memory) / OCR_PROCESS_BYTES);
  return Math.max(1, Math.min(fitting, availableParallelism(), MAX_DEFAULT_THREADS));
}

function wholeNumber(least: number, most: number) {
  return z.coerce.number().int().min(least).max(most);
}

function address(protocols: readonly string[]) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address with ${protocols.join(' or ')}`,
    );
}
