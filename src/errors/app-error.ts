import { CATALOGUE, type ErrorCategory, type ErrorCode } from './codes.js';

/** The one error that crosses module borders. Branch on `code`, never on the message. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }

  get category(): ErrorCategory {
    return CATALOGUE[this.code].category;
  }

  get retryable(): boolean {
    return CATALOGUE[this.code].retryable;
  }
}

/** `error` itself where it is an AppError, otherwise one with `code` that keeps `error` as its cause. */
export function asAppError(error: unknown, code: ErrorCode): AppError {
  if (error instanceof AppError) return error;
  return new AppError(code, error instanceof Error ? error.message : String(error), { cause: error });
}
