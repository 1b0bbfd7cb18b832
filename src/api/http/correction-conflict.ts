import { AppError } from '../../errors/app-error.js';
import type { Correction } from '../../model/run.js';

/** Somebody else's answer came first, or the run reads something else by now. */
export class CorrectionConflict extends AppError {
  constructor(
    message: string,
    /** The answer that counts now; null where there is none. */
    readonly latest: Correction | null,
  ) {
    super('CORRECTION_CONFLICT', message);
  }
}
