import { pino, type Logger } from 'pino';
import type { Config } from '../config.js';

/** JSON lines through `writeLine`, which puts them on standard error between the progress. */
export function createLogger(config: Config, writeLine: (line: string) => void): Logger {
  return pino(
    { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: writeLine },
  );
}
