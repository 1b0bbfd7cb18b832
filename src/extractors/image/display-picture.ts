import { encode } from 'fast-png';
import { AppError } from '../../errors/app-error.js';
import { imageKind, picturePages } from '../paged/decode-image.js';

/** A picture that every browser shows the way the extractor saw it. */
export interface DisplayPicture {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

const START_OF_SCAN = 0xda;
const FILL = 0xff;
/** Application segments (ITU-T T.81, B.2.4.6) hold Exif, whose orientation only browsers follow, and colour profiles. */
const APPLICATION_1 = 0xe1;

/**
 * Page `pageNumber` (from 1) of a picture: PNG as it is, JPEG without the note that would turn it, TIFF as PNG. Throws
 * NOT_FOUND where there is no such page, else as `picturePages`.
 */
export function displayPicture(bytes: Uint8Array, pageNumber: number): DisplayPicture {
  const kind = imageKind(bytes);
  if (kind === 'png' && pageNumber === 1) return { mediaType: 'image/png', bytes };
  if (kind === 'jpeg' && pageNumber === 1) return { mediaType: 'image/jpeg', bytes: withoutExif(bytes) };
  const pages = picturePages(bytes);
  const page = pages[pageNumber - 1];
  if (!page) throw new AppError('NOT_FOUND', `The picture has ${pages.length} pages.`);
  const { width, height, data } = page.decode();
  return { mediaType: 'image/png', bytes: encode({ width, height, data, channels: 4, depth: 8 }) };
}

/** The JPEG without its APP1 segments. */
function withoutExif(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && view.getUint8(at) === FILL) {
    const marker = view.getUint8(at + 1);
    if (marker === START_OF_SCAN) break;
    const end = marker === FILL ? at + 1 : at + 2 + view.getUint16(at + 2);
    if (marker !== APPLICATION_1) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(Math.min(at, bytes.length)));
  return Buffer.concat(kept);
}
