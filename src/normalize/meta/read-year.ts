import type { Evidence } from '../../model/evidence.js';
import type { MetaValue } from '../../model/record.js';
import { toPassage, passageEvidence } from './lines.js';
import type { PeriodReading } from './read-period.js';
import type { TitleReading, TitleWindow } from './read-title.js';
import { TOPIC } from './title-grammar.js';
import type { Zones } from './zones.js';

const CONFIDENCE = {
  agreed: 0.995,
  alone: 0.96,
  fromText: 0.9,
  mostNamed: 0.75,
  contradicted: 0.6,
  notPrinted: 0.6,
};

const NAMED_WITH_REPORT = new RegExp(`(?<year>20\\d{2})年(?:度)?[^,。;\\n]{0,40}?${TOPIC}`, 'g');
const CAPTION = /[（(]\s*(?<year>20\d{2})\s*年度\s*[)）]/;
const ANY_YEAR = /(?<year>20\d{2})年/g;

/** How much of the report's text (lines) is counted where no better place names the year. */
const COUNTED_LINES = 60;

/** The year reported on: the title's, else that of the period, of the preamble, of the 2014 table's caption. */
export function readYear(
  zones: Zones,
  title: TitleReading | null,
  period: PeriodReading,
  titles: readonly TitleWindow[],
): MetaValue {
  if (title && title.year !== null) {
    const agrees =
      period.year === title.year || titles.filter(({ parts }) => parts.year === title.year).length > 1;
    const contradicted = period.year !== null && period.year !== title.year;
    return value(
      title.year,
      contradicted ? CONFIDENCE.contradicted : agrees ? CONFIDENCE.agreed : CONFIDENCE.alone,
      title.evidence,
    );
  }
  if (period.year !== null) return value(period.year, CONFIDENCE.alone, period.end.evidence);
  return fromText(zones);
}

function fromText(zones: Zones): MetaValue {
  const passage = toPassage(zones.body.slice(0, COUNTED_LINES));
  const [named] = passage.plain.matchAll(NAMED_WITH_REPORT);
  if (named)
    return value(
      Number(named.groups?.['year']),
      CONFIDENCE.fromText,
      passageEvidence(passage, named.index, named.index + 5),
    );
  const caption = zones.all.find((line) => CAPTION.test(line.text));
  const captioned = caption && CAPTION.exec(caption.text)?.groups?.['year'];
  if (caption && captioned) return value(Number(captioned), CONFIDENCE.fromText, [caption.evidence]);
  const counts = new Map<number, number>();
  for (const match of passage.plain.matchAll(ANY_YEAR)) {
    const year = Number(match.groups?.['year']);
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most
    ? value(most[0], CONFIDENCE.mostNamed, [])
    : { value: null, confidence: CONFIDENCE.notPrinted, evidence: [] };
}

function value(year: number, confidence: number, evidence: readonly Evidence[]): MetaValue {
  return { value: year, confidence, evidence };
}
