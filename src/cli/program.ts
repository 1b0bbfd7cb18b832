import { Command } from 'commander';
import type { CliContext } from './context.js';
import { COMMANDS } from './commands/index.js';
import { packageVersion } from './package-version.js';

/** Where nobody says how wide the output is. */
const HELP_WIDTH = 100;

/** The whole command line with every command of the registry; commander's exits are thrown, never taken. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('gongkai')
    .description(
      'Trustworthy records from Chinese government-openness annual reports (政府信息公开工作年度报告).',
    )
    .version(packageVersion(), '-V, --version', 'print the version and stop')
    .helpOption('-h, --help', 'print what a command does and stop')
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see what it takes.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      getOutHelpWidth: () => context.stdout.columns ?? HELP_WIDTH,
      writeErr: (text) => void context.stderr.write(text),
    });
  for (const command of COMMANDS) command.register(program, context);
  for (const command of program.commands) command.copyInheritedSettings(program);
  program.addHelpText('after', '\nExit status: 0 all read, 2 some failed, 64 wrong usage.');
  return program;
}
