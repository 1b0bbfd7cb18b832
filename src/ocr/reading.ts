import type { OcrModels } from './models.js';
import type { GrayImage, InkMap, PixelBox } from './raster.js';
import type { NumberClasses, TextReading } from './read-number.js';
import type { CropPlace, ReadCharacter } from './recognise.js';

/** What reading needs: the network, the image with white paper, its ink, and the height of a character (pixels). */
export interface ReadingContext {
  readonly models: OcrModels;
  readonly numbers: NumberClasses;
  readonly image: GrayImage;
  readonly ink: InkMap;
  /** Where a seal was taken away, and the image with it; null where there is none. */
  readonly seal: SealTraces | null;
  readonly characterHeight: number;
}

/** What an opaque seal hid is gone with it: further readings try the print with the seal left in. */
export interface SealTraces {
  readonly stains: InkMap;
  readonly stamped: GrayImage;
}

/** A line as read, with the box of its ink. */
export interface LineReading extends TextReading {
  readonly box: PixelBox;
  /** What the network was shown along the line, in pixels: the places of characters are shares of it. */
  readonly cropLeft: number;
  readonly cropWidth: number;
  readonly characters: readonly ReadCharacter[];
}

/** Room around the ink that the network is shown, in character heights. */
const CROP_MARGIN = { across: 0.14, along: 0.3 } as const;
/** Room around the ink as shares of the usual. */
export interface CropRoom {
  readonly across: number;
  readonly along: number;
}

/** The ink with some room around it, at least a character high so that a dash is not blown up to a bar. */
export function cropAround(
  box: PixelBox,
  clip: PixelBox,
  characterHeight: number,
  room: CropRoom = { across: 1, along: 1 },
): CropPlace {
  const height = Math.max(box.bottom - box.top, 0.72 * characterHeight);
  const middle = (box.top + box.bottom) / 2;
  const across = height / 2 + room.across * CROP_MARGIN.across * characterHeight;
  const along = room.along * CROP_MARGIN.along * characterHeight;
  return {
    box: { left: box.left - along, right: box.right + along, top: middle - across, bottom: middle + across },
    clip,
  };
}
