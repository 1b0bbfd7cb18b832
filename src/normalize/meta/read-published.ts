import type { Document } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import type { MetaValue } from '../../model/record.js';
import { findDates, isoDate } from '../../text/parse-date.js';
import { isDateLine } from './agency-candidates.js';
import { lineEvidence, toPlain, type Line } from './lines.js';
import type { Zones } from './zones.js';

/**
 * Where a date of publication was found, best first. The order was settled on the labelled openings and the corpus: what
 * the page says of itself beats the page's meta tags, these beat the signature, and the signature beats a date under the
 * title (龙潭区 2017 kept last year's there) and the day on which the 2014 table was filled in.
 */
const SOURCES = ['labelled', 'timed', 'property', 'signature', 'underTitle', 'dated', 'filledIn'] as const;
type DateSource = (typeof SOURCES)[number];

interface DateCandidate {
  readonly iso: string;
  readonly source: DateSource;
  readonly evidence: readonly Evidence[];
}

const LABEL_PUBLISHED = /(?:发布|发表|公布|公开|上传|上线|刊登|信息)?(?:时间|日期)$|发布于$/;
const LABEL_MADE =
  /(?:生成|成文|发文|印发|制发|形成|更新|修改|失效|有效|生效|截止|申请|打印|填报|填表|报出|当前|今天是)[\u4e00-\u9fff]{0,2}(?:时间|日期)$/;
const LABEL_DATED = /(?:生成|成文|发文|印发|制发|形成|更新)[\u4e00-\u9fff]{0,2}(?:时间|日期)$/;
const LABEL_FILLED_IN = /(?:填报|填表|报出|上报)(?:时间|日期)$/;
const DATE_PROPERTIES =
  /^(?:pub_?date|publish_?date|publishdate|publication_?date|article:published_time|dc\.date(?:\.issued)?|date|pubtime|publishtime)$/i;

/** A page's own date line stands within this many lines of the top. */
const HEAD_LINES = 60;

const CONFIDENCE: Readonly<Record<DateSource, number>> = {
  labelled: 0.95,
  timed: 0.9,
  property: 0.92,
  signature: 0.93,
  underTitle: 0.85,
  dated: 0.7,
  filledIn: 0.8,
};
const AGREED = 0.985;
const CONTRADICTED = 0.8;
const NOT_PRINTED = 0.88;

/** The day of publication: the best-placed of all dates that can be one, null where none is printed. */
export function readPublished(document: Document, zones: Zones): MetaValue {
  const candidates = [
    ...pageDates(zones),
    ...propertyDates(document),
    ...signatureDates(zones),
    ...filledInDates(zones),
  ];
  const best = SOURCES.flatMap((source) => candidates.filter((found) => found.source === source))[0];
  if (!best) return { value: null, confidence: NOT_PRINTED, evidence: [] };
  const others = candidates.filter((found) => found.source !== best.source && found.source !== 'dated');
  let confidence = CONFIDENCE[best.source];
  if (others.some((found) => found.iso === best.iso)) confidence = AGREED;
  else if (others.length > 0) confidence = Math.min(confidence, CONTRADICTED);
  return { value: best.iso, confidence, evidence: best.evidence };
}

/** Dates on the page's own lines: with a label, with a time of day, or alone under the title. */
function pageDates(zones: Zones): DateCandidate[] {
  const head = zones.all
    .slice(0, HEAD_LINES)
    .filter((line) => zones.opening.includes(line) || line.kind === 'table' || line.region === 'furniture');
  const lines = [...new Set([...head, ...zones.furniture])];
  return lines.flatMap((line) =>
    findDates(line.text).flatMap((date) => {
      const iso = isoDate(date);
      const source = pageDateSource(
        line,
        line.text.slice(Math.max(0, date.start - 14), date.start),
        date.timed,
      );
      return iso && source ? [{ iso, source, evidence: [lineEvidence(line, date.start, date.end)] }] : [];
    }),
  );
}

function pageDateSource(line: Line, printed: string, timed: boolean): DateSource | null {
  const before = labelBefore(printed);
  if (LABEL_FILLED_IN.test(before)) return 'filledIn';
  if (LABEL_DATED.test(before)) return 'dated';
  if (LABEL_MADE.test(before)) return null;
  if (LABEL_PUBLISHED.test(before)) return 'labelled';
  if (BEGINS_SITE_LINE.test(toPlain(line.text))) return 'timed';
  if (timed && line.text.length <= MAX_DATE_LINE) return 'timed';
  return isDateLine(line.text) || SIGNED_DATE.test(toPlain(line.text)) ? 'underTitle' : null;
}

/** A date with which a line of the site begins: 2022年1月18日 来源：…. */
const BEGINS_SITE_LINE =
  /^\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?\s*(?:信息来源|来源|作者|编辑|浏览|点击|阅读|字体|字号)/;

/** A date behind a body's name and nothing else, as under a title: 某省政务公开办 2018/3/26. */
const SIGNED_DATE =
  /^[\u4e00-\u9fff]{3,30}[局委办厅府院部会处室]\s+[(]?\d{4}[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?[)]?$/;

/** The words in front of a date, in plain forms and without what separates label and value (发文日期 | …). */
function labelBefore(text: string): string {
  return toPlain(text).replace(/[\s|:[(【]+$/, '');
}

/** A line of page furniture with a time of day is short (characters). */
const MAX_DATE_LINE = 80;

function propertyDates(document: Document): DateCandidate[] {
  return Object.entries(document.properties).flatMap(([key, text]) => {
    const [date] = DATE_PROPERTIES.test(key) ? findDates(text.replace(/T(?=\d{2}:)/, ' ')) : [];
    const iso = date ? isoDate(date) : null;
    return iso ? [{ iso, source: 'property' as const, evidence: [] }] : [];
  });
}

/** A date alone on a line at the end of the report, or behind the body's name. */
function signatureDates(zones: Zones): DateCandidate[] {
  return [...zones.ending].reverse().flatMap((line) => {
    const [date] = findDates(line.text);
    const iso = date ? isoDate(date) : null;
    if (!date || !iso || line.kind === 'table') return [];
    const signed =
      isDateLine(line.text) ||
      (/^[\u4e00-\u9fff\s（）()]{3,45}[（(]?\s*$/.test(line.text.slice(0, date.start)) &&
        /^[）)\s。]*$/.test(line.text.slice(date.end)));
    return signed &&
      !LABEL_MADE.test(labelBefore(line.text.slice(0, date.start))) &&
      !zones.opening.includes(line)
      ? [{ iso, source: 'signature' as const, evidence: [lineEvidence(line, date.start, date.end)] }]
      : [];
  });
}

function filledInDates(zones: Zones): DateCandidate[] {
  return zones.all.flatMap((line) =>
    findDates(line.text).flatMap((date) => {
      const iso = isoDate(date);
      const labelled = LABEL_FILLED_IN.test(labelBefore(line.text.slice(0, date.start)));
      return iso && labelled
        ? [{ iso, source: 'filledIn' as const, evidence: [lineEvidence(line, date.start, date.end)] }]
        : [];
    }),
  );
}
