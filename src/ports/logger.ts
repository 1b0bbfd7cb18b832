/** Facts to log beside the message; ids, never contents. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** Structured logging; pino fits it. Leaves out levels below debug, formatting and transport. */
export interface Logger {
  debug(facts: LogFacts, message: string): void;
  info(facts: LogFacts, message: string): void;
  warn(facts: LogFacts, message: string): void;
  error(facts: LogFacts, message: string): void;
}

/** Logs nothing. */
export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
