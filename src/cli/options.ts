import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Config } from '../config.js';
import { DEFAULT_POOL_SETTINGS, type PoolSettings } from '../pool/pool-settings.js';
import { DEFAULT_SETTINGS, type PipelineSettings } from '../pipeline/settings.js';

/** Flags that every command that reads documents shares. */
export interface ReadingOptions {
  readonly jobs?: number;
  readonly ocrJobs?: number;
  readonly timeout?: number;
  readonly heap?: number;
  readonly pdfEngine: PipelineSettings['extract']['pdfEngine'];
  readonly converter: PipelineSettings['converter'];
}

/** Adds the shared flags; limits not given come from the environment (src/config.ts). */
export function addReadingOptions(command: Command, config: Config): Command {
  return command
    .option(
      '-j, --jobs <n>',
      'documents read at the same time (default: one a processor, at most 8)',
      wholeNumber(1, 64),
    )
    .option(
      '--ocr-jobs <n>',
      'pages recognised at the same time, of one document or of several (default: one a processor and 3 GB of memory, at most 8)',
      wholeNumber(1, 64),
    )
    .option(
      '--timeout <ms>',
      `time limit for one document (default: ${config.timeoutMs})`,
      wholeNumber(10, 3_600_000),
    )
    .option('--heap <MB>', `heap limit for one document (default: ${config.heapMb})`, wholeNumber(32, 16_384))
    .addOption(
      new Option('--pdf-engine <name>', 'how PDF is read; auto asks pdfjs where pdfium fails or leaves doubt')
        .choices(['auto', 'pdfium', 'pdfjs'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--converter <when>',
        'LibreOffice, where installed: auto asks it for office files that no reader knows and for doubtful .doc',
      )
        .choices(['auto', 'always', 'off'])
        .default('auto'),
    );
}

/** The limits of the pool; no more threads than documents. */
export function poolSettings(options: ReadingOptions, config: Config, documents: number): PoolSettings {
  return {
    ...DEFAULT_POOL_SETTINGS,
    threads: Math.max(1, Math.min(options.jobs ?? config.jobs, documents)),
    ocrJobs: options.ocrJobs ?? config.ocrJobs,
    timeoutMs: options.timeout ?? config.timeoutMs,
    heapMb: options.heap ?? config.heapMb,
  };
}

/** What the pipeline is asked to do. */
export function pipelineSettings(
  options: ReadingOptions & { readonly explain?: boolean; readonly trace?: boolean },
): PipelineSettings {
  return {
    ...DEFAULT_SETTINGS,
    extract: { ...DEFAULT_SETTINGS.extract, pdfEngine: options.pdfEngine },
    converter: options.converter,
    explain: options.explain ?? false,
    trace: options.trace ?? false,
  };
}

/** A parser for commander that takes whole numbers from `least` to `most` and nothing else. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}
