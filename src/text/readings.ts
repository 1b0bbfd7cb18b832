const INITIAL = '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?';
const VOWELS = '[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}';
const HAN = '[\\u3400-\\u9fff]';
/** Begins with its bracket, which is rare, and looks back from there. */
const READING = new RegExp(
  `\\((?<=${HAN}\\(|${HAN}\\([^()]{1,7}\\)\\()${INITIAL}${VOWELS}(?:ng|n|r)?\\)`,
  'g',
);

/** So many characters with their reading are no abbreviations in brackets. */
const FEWEST_READINGS = 4;

/** Stands for nothing and is left out wherever texts are compared. */
const WORD_JOINER = '\u2060';

/**
 * The text without the readings that mirrors put behind characters to hide that they copied them (政(zhèng)府,
 * 政(zheng)(zheng)府). Characters that print nothing stand in for them, so that every offset stays true.
 */
export function withoutReadings(text: string): string {
  if ((text.match(READING)?.length ?? 0) < FEWEST_READINGS) return text;
  return text.replace(READING, (reading) => WORD_JOINER.repeat(reading.length));
}
