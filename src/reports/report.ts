import type { GongkaiRecord } from '../model/record.js';

/** Documents that may be one report: readings of the form, and pages that point to them. */
export interface CandidateGroup {
  readonly readings: readonly string[];
  readonly pages: readonly string[];
}

/** A document with its record, as a member of a report. */
export interface ReportSource {
  readonly id: string;
  readonly record: GongkaiRecord;
  /** Keys of fields that people settled, as `field:key`. */
  readonly corrected: ReadonlySet<string>;
}

/** One report and where it was found. */
export interface Report {
  /** The reading that speaks for it. */
  readonly best: ReportSource;
  /** Other readings of the same report, and pages that point to it. */
  readonly others: readonly ReportSource[];
  readonly disagreements: readonly Disagreement[];
}

/** A field for which another reading of the same report has another value. */
export interface Disagreement {
  readonly key: string;
  readonly value: number | null;
  readonly other: number | null;
  /** The document that says otherwise. */
  readonly otherId: string;
}
