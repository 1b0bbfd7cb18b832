import { CommanderError } from 'commander';
import { AppError } from '../errors/app-error.js';
import { CATALOGUE } from '../errors/codes.js';
import { loadConfig } from '../config.js';
import { EXIT, type CliContext } from './context.js';
import { buildProgram } from './program.js';

process.stdout.on('error', stopAtClosedPipe);
process.stderr.on('error', stopAtClosedPipe);
process.exitCode = await run();

/** The one place where an error becomes an exit status. */
async function run(): Promise<number> {
  try {
    const { stdin, stdout, stderr } = process;
    const context: CliContext = { stdin, stdout, stderr, config: loadConfig(), exitCode: EXIT.allRead };
    await buildProgram(context).parseAsync(process.argv);
    return context.exitCode;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.allRead : EXIT.usage;
  if (!(error instanceof AppError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`gongkai: ${text}\n${CATALOGUE.INVARIANT_BROKEN.help}\n`);
    return EXIT.internal;
  }
  process.stderr.write(`gongkai: ${error.message}\n${CATALOGUE[error.code].help} (${error.code})\n`);
  if (error.code === 'USAGE') return EXIT.usage;
  return error.category === 'config' ? EXIT.configuration : EXIT.internal;
}

/** `gongkai … | head` closes the pipe when it has seen enough; that is no failure. */
function stopAtClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.allRead);
  throw error;
}
