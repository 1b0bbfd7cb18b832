/** Where an error comes from; decides whether trying again can help and what HTTP status a request gets. */
export type ErrorCategory =
  'input' | 'extraction' | 'form' | 'request' | 'limit' | 'dependency' | 'config' | 'bug';

interface CatalogueEntry {
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  readonly status: number;
  /** What happened and what to do, in one sentence, for a person. */
  readonly help: string;
}

/** Every error gongkai reports, by code; docs/errors.md is generated from this table. */
export const CATALOGUE = {
  FORMAT_UNSUPPORTED: entry(
    'input',
    415,
    'No extractor reads this kind of content; convert it to PDF, DOCX, HTML or text.',
  ),
  SOURCE_EMPTY: entry('input', 422, 'The source holds no bytes, or nothing but white space; crawl it again.'),
  SOURCE_CORRUPT: entry('input', 422, 'The content is damaged or cut off; crawl it again.'),
  SOURCE_ENCRYPTED: entry('input', 422, 'The content is protected by a password; save it without one.'),
  SOURCE_TOO_LARGE: entry('input', 413, 'The content is larger than the limit; raise the limit or split it.'),
  SOURCE_UNREADABLE: entry('input', 422, 'The path cannot be opened; check that it exists and may be read.'),
  PAGE_UNREADABLE: entry('extraction', 422, 'One page could not be read; the others were.'),
  TABLE_UNRESOLVED: entry('extraction', 422, 'A table was seen whose rows and columns could not be settled.'),
  FORM_NOT_MATCHED: entry(
    'form',
    422,
    'No official form was found in the document; it may not be an annual report.',
  ),
  FORM_AMBIGUOUS: entry('form', 422, 'Two official forms explain the tables about equally well.'),
  REQUEST_INVALID: entry('request', 400, 'The request does not fit its schema.'),
  UNAUTHENTICATED: entry('request', 401, 'A token is needed; send it as a bearer token.'),
  FORBIDDEN: entry('request', 403, 'The token lacks the scope that this needs.'),
  NOT_FOUND: entry('request', 404, 'There is nothing under this name.'),
  CORRECTION_CONFLICT: entry('request', 409, 'Somebody else settled this field meanwhile; look again.'),
  RATE_LIMITED: entry('request', 429, 'Too many requests; wait and try again.'),
  USAGE: entry('request', 400, 'The command line does not make sense; see --help.'),
  URL_REFUSED: entry(
    'request',
    422,
    'The address is private, of another scheme, or redirects to such; only public http(s) is fetched.',
  ),
  TIME_LIMIT: entry(
    'limit',
    422,
    'Reading took longer than the time limit; raise --timeout or look at the document.',
    true,
  ),
  MEMORY_LIMIT: entry(
    'limit',
    422,
    'Reading needed more memory than the limit; raise --heap or look at the document.',
    true,
  ),
  STORE_UNAVAILABLE: entry('dependency', 503, 'The database or object store does not answer.', true),
  QUEUE_UNAVAILABLE: entry('dependency', 503, 'The queue does not answer.', true),
  FETCH_FAILED: entry('dependency', 502, 'The address did not answer as it should.', true),
  CONFIG_INVALID: entry('config', 500, 'A setting is missing or out of range.'),
  INVARIANT_BROKEN: entry('bug', 500, 'gongkai contradicts itself; please report this with the document.'),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;

function entry(category: ErrorCategory, status: number, help: string, retryable = false): CatalogueEntry {
  return { category, retryable, status, help };
}
