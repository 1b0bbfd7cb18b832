import { DEFAULT_EXTRACT_SETTINGS, type ExtractSettings, type SourceHints } from '../extractors/extractor.js';

/** Version of what the extractor puts out; raised whenever records change, since it keys runs (a test compares). */
export const EXTRACTOR_VERSION = '1.5.0';

export interface PipelineSettings {
  readonly extract: ExtractSettings;
  /**
   * Whether LibreOffice is asked where it is installed: `auto` for office formats that no extractor reads and for binary
   * Word that is read with doubts; `always` for all binary Word, damaged files too; `off` never.
   */
  readonly converter: 'auto' | 'always' | 'off';
  /** Adds to every field the causes of its confidence. */
  readonly explain: boolean;
  /** Adds to the record what each stage saw. */
  readonly trace: boolean;
}

export const DEFAULT_SETTINGS: PipelineSettings = {
  extract: DEFAULT_EXTRACT_SETTINGS,
  converter: 'auto',
  explain: false,
  trace: false,
};

/** Where the bytes come from; none of it is trusted over the bytes. */
export interface SourceInput {
  readonly path: string | null;
  readonly uri: string | null;
  readonly hints: SourceHints;
}
