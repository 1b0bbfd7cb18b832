import type { Document } from '../../model/document.js';
import type { MetaValue } from '../../model/record.js';
import { findNameCandidates, type NameCandidate, type NameSource } from './agency-candidates.js';
import { bodyKind, expandName, isFullFormOf, isGenericName, leadingPlace } from './body-names.js';
import type { TitleReading } from './read-title.js';
import type { Zones } from './zones.js';

/** Who is asked for the name where the title is silent, in this order. */
const ORDER_WITHOUT_TITLE: readonly NameSource[] = [
  'statement',
  'form',
  'signature',
  'page',
  'letterhead',
  'opening',
  'compiler',
  'contact',
  'mention',
];

/** Where a name stands for the reporting body itself, so that a longer form there is its own. */
const OWN_NAME: ReadonlySet<NameSource> = new Set([
  'statement',
  'letterhead',
  'signature',
  'page',
  'form',
  'compiler',
  'opening',
  'contact',
]);

/** Confidence by how the name was found; fitted by eye on the 119 labelled reports, a later calibration replaces them. */
const CONFIDENCE = {
  agreed: 0.985,
  alone: 0.93,
  lengthened: 0.9,
  completed: 0.85,
  fromText: 0.85,
  contactOnly: 0.75,
  mentionOnly: 0.5,
};

/** A way in which reports speak of themselves, the ends of names that fit it, and whether it names a place. */
interface SelfWord {
  readonly word: RegExp;
  readonly end: RegExp;
  readonly place?: boolean;
}

const SELF_WORDS: readonly SelfWord[] = [
  { word: /[我本]局/g, end: /局$/ },
  { word: /[我本]委/g, end: /委(?:员会)?$/ },
  { word: /[我本]厅/g, end: /(?<!办公)厅$/ },
  { word: /[我本]办/g, end: /办(?:公室|事处)?$|办公厅$/ },
  { word: /[我本](?:镇|乡)/g, end: /[镇乡](?:人民政府)?$/, place: true },
  { word: /[我本]街道/g, end: /街道(?:办事处)?$/ },
  { word: /我(?:市|县|区|州|省|旗)/g, end: /政府$|[市县区州省旗]$|管委会$|管理委员会$/, place: true },
  { word: /[我本]院/g, end: /院$/ },
  { word: /[我本]校/g, end: /校$|大学$|学院$|中学$|小学$/ },
];

/** A self-name must occur this often before it rules names out. */
const MIN_SELF_WORDS = 2;

/**
 * The reporting body's full name (FORMS.md 7): the title's subject, or else who the text says reports, lengthened to the
 * fullest form that the document itself gives for the same body. Place names known only from the host are not added.
 */
export function readAgency(document: Document, zones: Zones, title: TitleReading | null): MetaValue {
  const candidates = findNameCandidates(document, zones, title?.lines ?? []).map((found) => ({
    ...found,
    name: expandName(found.name),
  }));
  const base = chooseBase(candidates, zones, title);
  if (!base) return { value: null, confidence: 0.5, evidence: [] };
  const full = lengthen(base, candidates);
  const completed = completeOffice(full.name, zones);
  const sources = new Set(
    candidates
      .filter((found) => found.name === full.name && OWN_NAME.has(found.source))
      .map((found) => found.source),
  );
  if (base.source === 'title' && full === base) sources.add('title');
  return {
    value: completed,
    confidence: confidenceOf(base, full, completed, sources.size),
    evidence: [...full.evidence],
  };
}

function chooseBase(
  candidates: readonly NameCandidate[],
  zones: Zones,
  title: TitleReading | null,
): NameCandidate | null {
  if (title && title.subject !== '')
    return { name: expandName(title.subject), source: 'title', evidence: title.evidence };
  const self = readSelfWord(zones);
  const isGovernments = self?.place === true || SUMMED_UP.test(zones.preamble.plain);
  const ordered = ORDER_WITHOUT_TITLE.flatMap((source) =>
    candidates.filter((found) => found.source === source),
  )
    .map((found) => (isGovernments ? { ...found, name: governmentOf(found.name) } : found))
    .sort((a, b) => Number(isGenericName(a.name)) - Number(isGenericName(b.name)));
  const fitting = ordered.find((found) => !self || self.end.test(found.name));
  // A body that calls itself 我局 and names only the web site of some 局 has that site.
  const bySite = self && candidates.find((found) => found.source === 'site' && self.end.test(found.name));
  const chosen = fitting ?? bySite ?? ordered.find((found) => found.source !== 'mention') ?? null;
  return chosen?.source === 'mention' && isGenericName(chosen.name) ? null : chosen;
}

/** A report put together from those of all departments and places is the government's, whoever compiled it. */
const SUMMED_UP =
  /(?:综合|汇总)[^。;\n]{0,24}各[^。;\n]{0,60}(?:报告|年报)[^。;\n]{0,24}(?:编制|编写|汇编|形成|而成)/;

/** The government whose office writes 我市, 我区: the report is then the government's. */
function governmentOf(name: string): string {
  return bodyKind(name) === 'government_office' ? name.replace(/办公?[厅室]?$/, '') : name;
}

/** What the report calls itself most (我局, 我市), or null where it does so too rarely to tell. */
function readSelfWord(zones: Zones): SelfWord | null {
  const text = zones.body
    .map((line) => line.text)
    .join('\n')
    .slice(0, SELF_WINDOW);
  const counted = SELF_WORDS.map((self) => ({ self, count: text.match(self.word)?.length ?? 0 }));
  const most = counted.sort((a, b) => b.count - a.count)[0];
  return most && most.count >= MIN_SELF_WORDS ? most.self : null;
}

/** How many characters of a report are searched for self-names. */
const SELF_WINDOW = 6_000;

/** The longest form of the same body among the candidates; loose mentions count only for a name without its place. */
function lengthen(base: NameCandidate, candidates: readonly NameCandidate[]): NameCandidate {
  const needsPlace = leadingPlace(base.name) === '';
  const longer = candidates.filter(
    (found) =>
      isFullFormOf(found.name, base.name) &&
      (OWN_NAME.has(found.source) ||
        needsPlace ||
        (found.source === 'mention' && isLongFormAtSamePlace(found.name, base.name))),
  );
  const count = (name: string): number => longer.filter((found) => found.name === name).length;
  const placed = (name: string): number => (leadingPlace(name) === '' ? 0 : 1);
  const better = (a: string, b: string): number =>
    placed(b) - placed(a) || count(b) - count(a) || b.length - a.length;
  const best = longer.sort((a, b) => better(a.name, b.name))[0];
  return best ?? (needsPlace ? withPlace(base, candidates) : base);
}

/** The name with the place of a short form of it: 某市 of 某市卫健委 for 卫生健康委员会. */
function withPlace(base: NameCandidate, candidates: readonly NameCandidate[]): NameCandidate {
  for (const { name, source, evidence } of candidates) {
    const place = leadingPlace(name);
    const office = name.slice(place.length);
    if (place !== '' && office.length > 1 && OWN_NAME.has(source) && isFullFormOf(base.name, office))
      return { name: place + base.name, source: base.source, evidence };
  }
  return base;
}

/** 西工区卫生健康委员会 for 西工区卫健委: the same place in front, the office spelt out. */
function isLongFormAtSamePlace(long: string, short: string): boolean {
  const place = leadingPlace(short);
  return place !== '' && long.startsWith(place);
}

/** 街道 and 开发区 get the name of their office where the report mentions that office. */
function completeOffice(name: string, zones: Zones): string {
  const text = zones.body.map((line) => line.text).join('\n');
  if (/街道$/.test(name) && /办事处/.test(text)) return `${name}办事处`;
  if (/(?:开发区|高新区|新区|园区|示范区|管理区|度假区)$/.test(name) && /管委会|管理委员会/.test(text))
    return `${name}管理委员会`;
  return name;
}

function confidenceOf(base: NameCandidate, full: NameCandidate, completed: string, sources: number): number {
  if (completed !== full.name) return CONFIDENCE.completed;
  if (full !== base) return sources > 1 ? CONFIDENCE.alone : CONFIDENCE.lengthened;
  if (base.source === 'title') return sources > 1 ? CONFIDENCE.agreed : CONFIDENCE.alone;
  if (sources > 1) return CONFIDENCE.alone;
  if (base.source === 'mention' || base.source === 'site') return CONFIDENCE.mentionOnly;
  return base.source === 'contact' ? CONFIDENCE.contactOnly : CONFIDENCE.fromText;
}
