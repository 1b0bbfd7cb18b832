import type { ColorImage } from './raster.js';
import { readScannedPage, type ScannedPage, type ScannedPagePlace } from './read-scanned-page.js';

/** A page to be recognised. Its picture is drawn when its turn has come, so that pages that wait cost no memory. */
export interface PageRequest {
  readonly place: ScannedPagePlace;
  /** Called once; what it gives belongs to the reader. */
  readonly draw: () => ColorImage | Promise<ColorImage>;
}

/** Whoever recognises pages. */
export interface PageReader {
  /** So many pages of one source are worth asking for at the same time. */
  readonly lookAhead: number;
  /** Throws as `readScannedPage` and as `draw`; TIME_LIMIT at the deadline, whether the page waits or is being read. */
  read(request: PageRequest): Promise<ScannedPage>;
}

/** Reads pages in this process, one after the other. */
export const READER_IN_PROCESS: PageReader = {
  lookAhead: 1,
  read: async ({ place, draw }) => readScannedPage(await draw(), place),
};
