import type { Document } from '../../model/document.js';
import type { MetaKey, MetaValue } from '../../model/record.js';
import { simplify } from '../../text/simplify.js';
import { readAgency } from './read-agency.js';
import { readContacts } from './read-contacts.js';
import { readPeriod } from './read-period.js';
import { readPublished } from './read-published.js';
import { chooseTitle, findTitles, type TitleReading } from './read-title.js';
import { readYear } from './read-year.js';
import { readZones } from './zones.js';

const TITLE_CONFIDENCE = {
  repeated: 0.985,
  alone: 0.95,
  withoutSubject: 0.85,
  fromProperties: 0.8,
  notPrinted: 0.85,
};

/**
 * Everything the document says about the report itself: who reports, on which year, under which title, when it was
 * published and how to reach the body. A value is null where it is not printed; confidence is the probability that the
 * value (null included) is what the report says. Dates are ISO 8601, names and titles are in simplified characters.
 */
export function readMeta(document: Document): Record<MetaKey, MetaValue> {
  const zones = readZones(document);
  const period = readPeriod(zones);
  const titles = findTitles(zones);
  const title = chooseTitle(document, zones, titles, period.year);
  const agency = readAgency(document, zones, title);
  return {
    agency_name: simplified(agency),
    year: readYear(zones, title, period, titles),
    title: simplified(titleValue(title)),
    published_on: readPublished(document, zones),
    period_start: period.start,
    period_end: period.end,
    ...readContacts(zones, title),
  };
}

function titleValue(title: TitleReading | null): MetaValue {
  if (!title) return { value: null, confidence: TITLE_CONFIDENCE.notPrinted, evidence: [] };
  let confidence = title.repeats > 0 ? TITLE_CONFIDENCE.repeated : TITLE_CONFIDENCE.alone;
  if (title.subject === '') confidence = TITLE_CONFIDENCE.withoutSubject;
  if (title.evidence.length === 0) confidence = TITLE_CONFIDENCE.fromProperties;
  return { value: title.title, confidence, evidence: title.evidence };
}

function simplified(meta: MetaValue): MetaValue {
  return typeof meta.value === 'string' ? { ...meta, value: simplify(meta.value) } : meta;
}
