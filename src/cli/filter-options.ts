import { Option, type Command } from 'commander';
import { AppError } from '../errors/app-error.js';
import { CATALOGUE, type ErrorCode } from '../errors/codes.js';
import { FORM_IDS } from '../model/record.js';
import type { DocumentFilter } from '../ports/run-store.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How a condition of `--where` becomes part of a filter, by name and sign. */
const CONDITIONS: Readonly<Record<string, (filter: Mutable<DocumentFilter>, value: string) => void>> = {
  'form=': (filter, value) => (filter.form = oneOf([...FORM_IDS, 'none'] as const, value)),
  'year=': (filter, value) => (filter.yearFrom = filter.yearTo = yearOf(value)),
  'year>=': (filter, value) => (filter.yearFrom = yearOf(value)),
  'year<=': (filter, value) => (filter.yearTo = yearOf(value)),
  'confidence<': (filter, value) => (filter.confidenceBelow = shareOf(value)),
  'version<': (filter, value) => (filter.versionOlderThan = value),
  'error=': (filter, value) => (filter.errorCode = codeOf(value)),
  'agency~': (filter, value) => (filter.agency = value),
  'source~': (filter, value) => (filter.source = value),
  'batch=': (filter, value) => (filter.batch = value),
};

export interface FilterOptions {
  readonly where?: readonly string[];
}

/** Adds `--where`, which may be given several times; all conditions must hold. */
export function addFilterOptions(command: Command): Command {
  return command.addOption(
    new Option(
      '-w, --where <condition...>',
      `which documents: ${Object.keys(CONDITIONS).join(' ')}, such as "year>=2021" "confidence<0.9" "agency~教育"`,
    ),
  );
}

/** The filter that the conditions describe. Errors: USAGE naming the condition that makes no sense. */
export function parseFilter({ where = [] }: FilterOptions): DocumentFilter {
  const filter: Mutable<DocumentFilter> = {};
  for (const condition of where) {
    const [, name = '', sign = '', value = ''] =
      /^\s*([a-z]+)\s*(>=|<=|<|=|~)\s*(.+?)\s*$/s.exec(condition) ?? [];
    const apply = CONDITIONS[name + sign];
    if (!apply)
      throw usage(`"${condition}" is no condition; there are ${Object.keys(CONDITIONS).join(', ')}.`);
    apply(filter, value);
  }
  return filter;
}

function yearOf(text: string): number {
  if (!/^(?:19|20)\d\d$/.test(text)) throw usage(`"${text}" is no year.`);
  return Number(text);
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text === '' || !(share >= 0 && share <= 1)) throw usage(`"${text}" is no number from 0 to 1.`);
  return share;
}

function codeOf(text: string): ErrorCode | 'any' {
  return oneOf(['any', ...(Object.keys(CATALOGUE) as ErrorCode[])], text);
}

function oneOf<T extends string>(choices: readonly T[], text: string): T {
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw usage(`"${text}" is none of ${choices.join(', ')}.`);
  return choice;
}

function usage(message: string): AppError {
  return new AppError('USAGE', message);
}
