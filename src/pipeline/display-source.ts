import { asAppError } from '../errors/app-error.js';
import { detectFormat } from '../extractors/detect-format.js';
import { displayPicture, type DisplayPicture } from '../extractors/image/display-picture.js';
import { picturePageSizes } from '../extractors/image/index.js';
import { pdfPageSizes } from '../extractors/pdf/index.js';
import { decodedText } from '../extractors/text/index.js';
import type { Document, Format, Page } from '../model/document.js';
import type { RecordError } from '../model/record.js';
import { readSource } from './read-source.js';
import type { PipelineSettings, SourceInput } from './settings.js';

/**
 * What a person needs to see a source: the sizes of its pages where it has any, the decoded text that character
 * evidence counts in, or the document model of formats that no browser shows.
 */
export interface DisplayResult {
  readonly format: Format | null;
  readonly pages: readonly Page[];
  readonly text: string | null;
  readonly document: Document | null;
  readonly error?: RecordError;
}

/** A page of a picture, ready to be sent; null with an error. */
export interface PictureResult {
  readonly picture: DisplayPicture | null;
  readonly error?: RecordError;
}

const NOTHING: DisplayResult = { format: null, pages: [], text: null, document: null };

/** Reads a source for display, without recognising characters. Never throws for bad input. */
export async function displaySource(
  bytes: Uint8Array,
  input: SourceInput,
  settings: PipelineSettings,
): Promise<DisplayResult> {
  const { extract } = settings;
  try {
    const { format } = await detectFormat(bytes, input.hints);
    if (format === 'pdf') return { ...NOTHING, format, pages: await pdfPageSizes(bytes, extract) };
    if (format === 'image') return { ...NOTHING, format, pages: picturePageSizes(bytes, extract) };
    if (format === 'text') return { ...NOTHING, format, text: decodedText(bytes, extract, input.hints).text };
    const document = await readSource(bytes, input, settings);
    return { ...NOTHING, format, pages: document.pages, document };
  } catch (error) {
    return { ...NOTHING, error: toError(error) };
  }
}

/** Draws a page of a picture. Never throws for bad input. */
export function displayPage(bytes: Uint8Array, pageNumber: number): PictureResult {
  try {
    return { picture: displayPicture(bytes, pageNumber) };
  } catch (error) {
    return { picture: null, error: toError(error) };
  }
}

function toError(error: unknown): RecordError {
  const { code, message } = asAppError(error, 'INVARIANT_BROKEN');
  return { code, message };
}
