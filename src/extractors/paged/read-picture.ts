import { AppError } from '../../errors/app-error.js';
import type { Document } from '../../model/document.js';
import { READER_IN_PROCESS } from '../../ocr/page-reader.js';
import { shrinkPicture } from '../../ocr/shrink-picture.js';
import type { ExtractSettings } from '../extractor.js';
import { picturePages, pictureSize } from './decode-image.js';
import { toPrintedPage, trueTables } from './scanned-page.js';
import { toDocument } from './to-document.js';

/** What pictures inside a source with text may cost together, and which of them are looked at (pixels). */
export const PICTURE_SETTINGS = {
  mostPictures: 40,
  mostPixels: 120_000_000,
  /** Smaller ones are emblems, buttons, portraits. */
  leastWidth: 320,
  leastHeight: 100,
  /** So high and so much higher than wide it is a page, whose text is read as well; else only ruled tables are. */
  pageHeight: 900,
  pageRatio: 1.2,
} as const;

/** Longer side of an A4 page in points. */
const PAGE_POINTS = 842;

/** Reads the pictures inside one source, within the limits of PICTURE_SETTINGS. */
export class PictureReader {
  #pictures = 0;
  #pixels = 0;
  /** Pictures that held something to read. */
  readCount = 0;
  /** Pictures that were not looked at since others had used up what the source is given. */
  leftCount = 0;

  constructor(private readonly settings: Pick<ExtractSettings, 'deadline' | 'pageReader'>) {}

  /** What a picture says, null where that is nothing, or nothing that can be read. Throws TIME_LIMIT. */
  async read(bytes: Uint8Array): Promise<Document | null> {
    const size = pictureSize(bytes);
    if (!size || size.width < PICTURE_SETTINGS.leastWidth || size.height < PICTURE_SETTINGS.leastHeight)
      return null;
    const pixels = size.width * size.height;
    if (
      this.#pictures >= PICTURE_SETTINGS.mostPictures ||
      this.#pixels + pixels > PICTURE_SETTINGS.mostPixels
    ) {
      this.leftCount++;
      return null;
    }
    this.#pictures++;
    this.#pixels += pixels;
    const document = await this.#recognise(bytes, size).catch(ignoreDamage);
    if (document) this.readCount++;
    return document;
  }

  async #recognise(
    bytes: Uint8Array,
    { width, height }: { readonly width: number; readonly height: number },
  ): Promise<Document | null> {
    const isPage = height >= PICTURE_SETTINGS.pageHeight && height >= PICTURE_SETTINGS.pageRatio * width;
    const scale = PAGE_POINTS / Math.max(width, height);
    const place = {
      pageNumber: 1,
      width: width * scale,
      height: height * scale,
      deadline: this.settings.deadline,
      onlyTables: !isPage,
    };
    const [picture] = picturePages(bytes);
    if (!picture) return null;
    const { pageReader = READER_IN_PROCESS } = this.settings;
    const read = await pageReader.read({ place, draw: () => shrinkPicture(picture.decode()) });
    const scanned = isPage ? read : { ...read, tables: trueTables(read) };
    const page = { ...toPrintedPage(1, scanned), hasImages: true };
    const document = toDocument({ pages: [page], properties: {}, diagnostics: [] }, 'image');
    return document.blocks.length > 0 ? document : null;
  }
}

/** A picture that does not decode is no loss to the text around it; a limit is one. */
function ignoreDamage(error: unknown): null {
  if (error instanceof AppError && error.category === 'input') return null;
  throw error;
}
