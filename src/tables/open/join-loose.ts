import { type Chunk, isLoose, joinChunks, type Strip, stripOf } from './chunk.js';

/** Texts of one column start, end, or have their middles within this distance (em). */
const ALIGNED_EM = 0.3;

/**
 * Strips whose words are joined where they were set wide to fill a narrow cell. Words that stand apart from the word
 * before them, but below or above no text that clearly starts a column, are no cell of their own.
 */
export function joinLoose(strips: readonly Strip[]): Strip[] {
  const apart = strips.map((strip) =>
    strip.chunks.filter((chunk, k) => !isNextTo(strip.chunks[k - 1], chunk)),
  );
  return strips.map((strip, i) => {
    const loose = strip.chunks.map((chunk, k) => isJoined(strip.chunks[k - 1], chunk, apart, i));
    if (!loose.some(Boolean)) return strip;
    const groups: Chunk[][] = [];
    for (const [k, chunk] of strip.chunks.entries()) {
      if (loose[k] === true) groups.at(-1)?.push(chunk);
      else groups.push([chunk]);
    }
    const chunks = groups.map((group) =>
      group.length === 1 && group[0] ? group[0] : joinChunks(group, strip.source),
    );
    return stripOf(chunks, strip.source);
  });
}

function isJoined(
  before: Chunk | undefined,
  chunk: Chunk,
  apart: readonly (readonly Chunk[])[],
  own: number,
): boolean {
  if (!isNextTo(before, chunk)) return false;
  const reach = ALIGNED_EM * chunk.size;
  return !apart.some(
    (chunks, i) =>
      i !== own &&
      chunks.some(
        (other) =>
          Math.abs(other.left - chunk.left) < reach ||
          Math.abs(other.right - chunk.right) < reach ||
          Math.abs(other.left + other.right - chunk.left - chunk.right) < 2 * reach,
      ),
  );
}

function isNextTo(before: Chunk | undefined, chunk: Chunk): boolean {
  if (!before || before.isValue || chunk.isValue || before.isLeading) return false;
  return isLoose(before, chunk);
}
