import { Option, type Command } from 'commander';
import { AppError } from '../../errors/app-error.js';
import { CATALOGUE } from '../../errors/codes.js';
import type { DeadLetter } from '../../model/run.js';
import type { CliContext } from '../context.js';
import { plural } from '../plural.js';
import { formatTable } from '../text-table.js';
import { addStoreOptions, withWorkspace, type StoreOptions, type Workspace } from '../workspace.js';

interface DeadOptions extends StoreOptions {
  readonly retry?: boolean;
  readonly json?: boolean;
}

const LETTERS_A_PAGE = 500;
const COLUMNS = [
  { title: 'document' },
  { title: 'code' },
  { title: 'tries', align: 'right' },
  { title: 'died' },
  { title: 'why', maxWidth: 70 },
] as const;

const EXAMPLES = `
Examples:
  gongkai dead                                 what was given up on, and why
  gongkai dead 3f2a --retry                    try one again`;

/** `gongkai dead`: what was given up on, why, and another chance for it. */
export function register(program: Command, context: CliContext): void {
  const command = program
    .command('dead')
    .summary('list, explain and retry what was given up on')
    .description(
      'Lists the documents that were set aside, explains those that are named, and tries them again on request.',
    )
    .argument('[document...]', 'ids of documents or their beginnings; without any, all')
    .addOption(new Option('--retry', 'ask for their runs again, with their tries forgotten'))
    .option('--json', 'as JSON lines');
  addStoreOptions(command, context.config)
    .addHelpText('after', EXAMPLES)
    .action((names: string[], options: DeadOptions) => dead(context, names, options));
}

async function dead(context: CliContext, names: readonly string[], options: DeadOptions): Promise<void> {
  await withWorkspace(context, options, async (workspace) => {
    const letters = (await allLetters(workspace)).filter((letter) => isNamed(letter, names));
    if (names.length > 0 && letters.length === 0) {
      throw new AppError('NOT_FOUND', 'None of these documents is among the dead letters.');
    }
    if (options.retry) await retry(context, workspace, letters);
    else if (options.json)
      context.stdout.write(letters.map((letter) => `${JSON.stringify(letter)}\n`).join(''));
    else context.stdout.write(describe(letters, names.length > 0));
  });
}

async function retry(
  context: CliContext,
  { store, queues }: Workspace,
  letters: readonly DeadLetter[],
): Promise<void> {
  for (const { runKey } of letters) {
    const pending = await store.revive(runKey, 'interactive');
    if (!pending) continue;
    const queue = queues.of(pending.queue);
    // A job of this name that Redis still remembers would keep the new one out.
    await queue.remove(runKey);
    await queue.add([pending]);
  }
  context.stdout.write(`${plural(letters.length, 'run')} asked for again\n`);
}

function describe(letters: readonly DeadLetter[], explain: boolean): string {
  if (letters.length === 0) return 'There are no dead letters.\n';
  if (!explain) {
    const rows = letters.map((letter) => [
      letter.documentId,
      letter.code,
      String(letter.tries),
      letter.diedAt,
      letter.message,
    ]);
    return `${formatTable(COLUMNS, rows).join('\n')}\n`;
  }
  return letters
    .map(
      (letter) =>
        `${letter.documentId}\n  ${letter.code}: ${CATALOGUE[letter.code].help}\n  ${letter.message}\n` +
        `  tried ${plural(letter.tries, 'time')}, the last by ${letter.worker} at ${letter.diedAt}\n  run ${letter.runKey}\n`,
    )
    .join('\n');
}

function isNamed(letter: DeadLetter, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => letter.documentId.startsWith(name));
}

async function allLetters({ store }: Workspace): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (let after: string | null = null; ;) {
    const page = await store.deadLetters({ after, limit: LETTERS_A_PAGE });
    if (page.length === 0) return letters;
    letters.push(...page);
    after = page.at(-1)?.runKey ?? null;
  }
}
