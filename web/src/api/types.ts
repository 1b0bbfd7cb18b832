import type { FormDefinition } from '../../../src/forms/form.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import type { Correction } from '../../../src/model/run.js';

/** A document under review, with its current run and everything people said about it. */
export interface DocumentView {
  readonly id: string;
  readonly sha256: string;
  readonly path: string | null;
  readonly uri: string | null;
  readonly runKey: string;
  /** As the run read it, without corrections; null until the first run is finished. */
  readonly record: GongkaiRecord | null;
  readonly corrections: readonly Correction[];
}

export type FormView = FormDefinition;
