import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

await build();
const { loadTruths } = await import('../dist/cli/load-truth.js');
const { scoreBy } = await import('../dist/evaluation/score.js');
const { compareBoards } = await import('../dist/evaluation/ratchet.js');

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SCOREBOARD = join(ROOT, 'docs', 'accuracy.json');
/** Document sets with truth; those outside the project are measured where they are present. */
const SETS = [
  'samples',
  '../shared/seeds',
  '../shared/corpus',
  '../shared/corpus/real',
  '../shared/corpus/openings',
];
/** Only with this flag is the scoreboard written: figures rise on purpose. */
const isUpdating = process.argv.includes('--update');

const tracked = existsSync(SCOREBOARD) ? JSON.parse(readFileSync(SCOREBOARD, 'utf8')) : {};
const board = { ...tracked };
let isWorse = false;
for (const set of SETS) {
  if (!existsSync(join(ROOT, set))) {
    console.log(`${set}: not here, not measured`);
    continue;
  }
  const { printed, scanned } = await measure(set);
  board[set] = printed;
  isWorse = tell(set, compareBoards(tracked[set] ?? {}, printed)) || isWorse;
  if (!scanned) continue;
  board[`${set} (scans)`] = scanned;
  tell(`${set} (scans)`, compareBoards(tracked[`${set} (scans)`] ?? {}, scanned));
}
if (isUpdating) writeFileSync(SCOREBOARD, `${JSON.stringify(board, null, 2)}\n`);
else if (isWorse) {
  console.log('Accuracy has moved. Mend it, or record it on purpose: npm run accuracy -- --update');
  process.exitCode = 1;
}

/**
 * The figures of a set as a whole, by format and by family. Scans are a board of their own that is told and not held:
 * the last digits of a recognised character's probability differ between processors.
 */
async function measure(set) {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-accuracy-'));
  try {
    const out = join(folder, 'records.jsonl');
    const command = [join(ROOT, 'bin', 'gongkai'), 'eval', set, '--out', out, '--json'];
    execFileSync(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'ignore', 'ignore'] });
    const records = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const placed = await loadTruths(join(ROOT, set));
    const byFile = new Map(placed.map(({ truth }, index) => [truth.file, records[index]]));
    const truths = placed.map(({ truth }) => truth);
    const figures = (some) => {
      const by = (property) => scoreBy(some, (file) => byFile.get(file), property);
      return { ...by('format'), ...by('family') };
    };
    const scans = truths.filter(({ format }) => format === 'scan');
    return {
      printed: figures(truths.filter((truth) => !scans.includes(truth))),
      scanned: scans.length > 0 ? figures(scans) : null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints what moved and says whether that must not pass. A scoreboard that lacks a set has nothing to say of it. */
function tell(set, movements) {
  console.log(
    `${set}: ${Object.entries(board[set].all)
      .map(([name, value]) => `${name}=${value ?? '-'}`)
      .join(' ')}`,
  );
  if (!tracked[set]) return false;
  for (const { group, figure, tracked: before, measured, verdict } of movements) {
    console.log(`  ${verdict}: ${group} ${figure} ${before ?? '-'} -> ${measured ?? '-'}`);
  }
  return movements.some(({ verdict }) => verdict !== 'better');
}
