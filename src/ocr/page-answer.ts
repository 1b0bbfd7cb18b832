import { AppError, asAppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/codes.js';
import type { ScannedPage } from './read-scanned-page.js';

/** What came of reading a page, on its way from one process or thread to another. */
export type PageAnswer =
  | { readonly kind: 'page'; readonly page: ScannedPage }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

/** The outcome of `reading` as a message; never rejects. */
export function toAnswer(reading: Promise<ScannedPage>): Promise<PageAnswer> {
  return reading.then(
    (page): PageAnswer => ({ kind: 'page', page }),
    (error: unknown): PageAnswer => {
      const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
      return { kind: 'failed', code, message };
    },
  );
}

/** The page of an answer; throws the error of one that failed. */
export function pageOf(answer: PageAnswer): ScannedPage {
  if (answer.kind === 'page') return answer.page;
  throw new AppError(answer.code, answer.message);
}
