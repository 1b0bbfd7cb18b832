/**
 * Reads generated reports, whole and broken, and prints for each break: documents, fields right, fields accepted at
 * 0.99, silent errors; then the simplest counterexample of each kind of silent error.
 *
 *   npx tsx bench/generated.ts [--documents 8600] [--from 0] [--examples 10]
 *
 * Two processes share the work. Ends with 1 where there is a silent error.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeCase } from '../test/generate/describe.js';
import type { Recipe } from '../test/generate/generate.js';
import { judge } from '../test/generate/judge.js';
import { shrink } from '../test/generate/shrink.js';
import { mergeSweeps, sweep, type Sweep, type Tally } from '../test/generate/sweep.js';

/** As many documents as hold 20,000 tables. */
const DEFAULT_DOCUMENTS = 8600;
const PROCESSES = 2;
/** Both processors are at work as it is: garbage is collected less often, and not by helper threads. */
const COLLECTING = ['--single-threaded-gc', '--max-semi-space-size=64'];

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: String(DEFAULT_DOCUMENTS) },
    from: { type: 'string', default: '0' },
    step: { type: 'string' },
    examples: { type: 'string', default: '10' },
  },
});
const documents = Number(values.documents);
const from = Number(values.from);

if (values.step !== undefined)
  process.stdout.write(serialise(await sweep(from, documents, Number(values.step))));
else process.exitCode = await runAll();

async function runAll(): Promise<number> {
  const start = performance.now();
  const share = Math.ceil(documents / PROCESSES);
  const parts = await Promise.all(Array.from({ length: PROCESSES }, (_, i) => runPart(from + i, share)));
  const whole = mergeSweeps(parts);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${whole.documents} documents, ${whole.tables} tables in ${seconds} s`);
  printTallies(whole);
  await printExamples(whole.failures, Number(values.examples));
  return whole.failures.length > 0 ? 1 : 0;
}

function runPart(first: number, count: number): Promise<Sweep> {
  const script = fileURLToPath(import.meta.url);
  const args = [
    ...COLLECTING,
    '--import',
    'tsx',
    script,
    '--from',
    `${first}`,
    '--documents',
    `${count}`,
    '--step',
    `${PROCESSES}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(deserialise(Buffer.concat(chunks).toString()));
      else reject(new Error(`the part from seed ${first} ended with ${code}`));
    });
  });
}

interface SerialisedSweep extends Omit<Sweep, 'byKind'> {
  readonly byKind: readonly [string, Tally][];
}

function serialise(part: Sweep): string {
  return JSON.stringify({ ...part, byKind: [...part.byKind] } satisfies SerialisedSweep);
}

function deserialise(text: string): Sweep {
  const part = JSON.parse(text) as SerialisedSweep;
  return { ...part, byKind: new Map(part.byKind) };
}

function printTallies(whole: Sweep): void {
  console.log(['kind'.padEnd(24), 'documents', '    right', ' accepted', '  silent'].join(' '));
  for (const [kind, tally] of [...whole.byKind].sort(([a], [b]) => a.localeCompare(b))) {
    const cells = [
      kind.padEnd(24),
      String(tally.documents).padStart(9),
      percent(1 - tally.wrong / tally.fields),
      percent(tally.accepted / tally.fields),
      String(tally.silent).padStart(8),
    ];
    console.log(cells.join(' '));
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`.padStart(9);
}

/** One shrunk counterexample for each combination of view and breaks, the first ones found. */
async function printExamples(failures: readonly Recipe[], most: number): Promise<void> {
  const shown = new Set<string>();
  for (const failure of failures) {
    if (shown.size >= most) return;
    const simplest = await shrink(failure, async (candidate) => (await judge(candidate)).silent.length > 0);
    const kind = `${simplest.view} ${simplest.breaks.join('+')}`;
    if (shown.has(kind)) continue;
    shown.add(kind);
    console.log(`\n${describeCase(simplest, (await judge(simplest)).silent)}`);
  }
}
