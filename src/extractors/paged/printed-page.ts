import type { Diagnostic } from '../../model/diagnostic.js';
import type { Box, RulingLine } from '../../model/geometry.js';
import type { Matrix } from '../../ocr/matrix.js';
import type { Glyph } from '../../tables/glyph.js';
import type { PageTable } from '../../tables/page-table.js';

/** One page of a source with pages (PDF, OFD, pictures): points from the top left of the page as displayed (or as read, see `quarters`). */
export interface PrintedPage {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  /** Printed characters in the order of the page's content; white space is a mark on the character behind it. */
  readonly glyphs: readonly Glyph[];
  readonly rulings: readonly RulingLine[];
  /** Areas filled with a colour: backgrounds of cells, bars, frames. */
  readonly fills: readonly Box[];
  /** Boxes of slanted strokes, which charts are made of; left out where they are not known. */
  readonly drawings?: readonly Box[];
  /** The page shows at least one picture, so that a page without text may be a scan. */
  readonly hasImages: boolean;
  /** Boxes of its pictures, left out where they are not known. */
  readonly pictures?: readonly Box[];
  /** Nearly all of its text is not drawn: it lies behind a picture of the page, put there by another recognition. */
  readonly isTextInvisible?: boolean;
  /** Tables already read from the page's picture; `glyphs` then holds only what stands outside them. */
  readonly scannedTables?: readonly PageTable[];
  /** Quarter turns clockwise that set a sideways scan upright: everything here is on the page so turned. */
  readonly quarters?: 1 | 2 | 3;
  /** Where a place here lies on the upright page that a scan shows askew: everything here is straightened. */
  readonly toShown?: Matrix;
}

/** What was read of one source with pages. Pages that could not be read are empty and have a diagnostic. */
export interface PagedReading {
  readonly pages: readonly PrintedPage[];
  /** What the container says about itself: Title, Author, Creator … */
  readonly properties: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}
