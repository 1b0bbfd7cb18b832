import type { MetaValue } from '../../model/record.js';
import { findDates, isoDate, type FoundDate } from '../../text/parse-date.js';
import { passageEvidence, type Passage } from './lines.js';
import type { Zones } from './zones.js';

/** The span of time that a report's figures cover. */
export interface PeriodReading {
  readonly start: MetaValue;
  readonly end: MetaValue;
  /** The year both ends lie in, or that of the end. */
  readonly year: number | null;
}

interface DatePair {
  readonly from: FoundDate;
  readonly to: FoundDate;
  /** The words before it speak of 统计期限 and the like. */
  readonly announced: boolean;
}

const BETWEEN =
  /^(?:起|始)$|^(?:\(?含\)?)?(?:零时|0时)?(?:起|始|开始)?[,、]?(?:截)?(?:至|到|止|-{1,4}|至今|起至)(?:到|止)?$/;
const ANNOUNCED = /(?:统计|期限|时限|时段|数据|时间|年报|报告期|核定|周期|范围|区间)[^。\n]{0,24}$/;
const POINT =
  /(?:统计|期限|时限|时间|数据|核定|截至|截止)[^。\n]{0,16}(?:截至|截止(?:到|至)?|截止日期|时间点|为|至|到)$/;

const CONFIDENCE = {
  announced: 0.985,
  wholeYear: 0.93,
  other: 0.7,
  repaired: 0.93,
  point: 0.7,
  notPrinted: 0.9,
};

/** The period of the figures as the preamble says it; both null where it says none. */
export function readPeriod(zones: Zones): PeriodReading {
  const passage = zones.preamble;
  const pairs = datePairs(passage);
  const best =
    pairs.find((pair) => pair.announced && isWholeYear(pair)) ??
    pairs.find((pair) => pair.announced) ??
    pairs.find(isWholeYear);
  if (best) return fromPair(best, passage);
  return fromPoint(passage) ?? { start: notPrinted(), end: notPrinted(), year: null };
}

function datePairs(passage: Passage): DatePair[] {
  const dates = findDates(passage.plain);
  return dates.flatMap((from, index) => {
    const to = dates[index + 1];
    if (!to || !BETWEEN.test(passage.plain.slice(from.end, to.start))) return [];
    return [
      { from, to, announced: ANNOUNCED.test(passage.plain.slice(Math.max(0, from.start - 40), from.start)) },
    ];
  });
}

function isWholeYear({ from, to }: DatePair): boolean {
  return from.month === 1 && from.day === 1 && to.month === 12 && to.day === 31;
}

function fromPair(pair: DatePair, passage: Passage): PeriodReading {
  const { from, to } = pair;
  const toYear = to.year ?? from.year;
  const fromYear = from.year ?? to.year;
  let confidence = pair.announced ? CONFIDENCE.announced : CONFIDENCE.other;
  if (!pair.announced && isWholeYear(pair)) confidence = CONFIDENCE.wholeYear;
  if (from.repaired || to.repaired) confidence = Math.min(confidence, CONFIDENCE.repaired);
  return {
    start: valueOf(isoDate(from, fromYear), confidence, from, passage),
    end: valueOf(isoDate(to, toYear), confidence, to, passage),
    year: toYear,
  };
}

/** 统计数据截至2022年12月31日: only the end is said. */
function fromPoint(passage: Passage): PeriodReading | null {
  const date = findDates(passage.plain).find(
    (found) =>
      found.month === 12 &&
      found.day === 31 &&
      found.year !== null &&
      POINT.test(passage.plain.slice(Math.max(0, found.start - 40), found.start)),
  );
  if (!date) return null;
  return {
    start: notPrinted(),
    end: valueOf(isoDate(date), CONFIDENCE.point, date, passage),
    year: date.year,
  };
}

function valueOf(value: string | null, confidence: number, date: FoundDate, passage: Passage): MetaValue {
  return {
    value,
    confidence: value === null ? 0.5 : confidence,
    evidence: passageEvidence(passage, date.start, date.end),
  };
}

function notPrinted(): MetaValue {
  return { value: null, confidence: CONFIDENCE.notPrinted, evidence: [] };
}
