import type { MetaValue } from '../../model/record.js';
import { passageEvidence, toPassage, toPlain, type Line, type Passage } from './lines.js';
import type { TitleReading } from './read-title.js';
import type { Zones } from './zones.js';

export type ContactKey = 'postcode' | 'phone' | 'fax' | 'email' | 'address' | 'website';

type Finder = (passage: Passage) => Hit | null;

/** A value's place in a passage. */
interface Hit {
  readonly start: number;
  readonly end: number;
}

const NUMBER = '(?:\\+?86-?)?[(]?\\d[\\d()\\-.]{4,22}\\d(?:转\\d{1,5})?';
const PHONE_LABEL = '(?:联系电话|咨询电话|办公电话|电话号码|联系方式|电话|座机|Tel)';
const SEPARATOR = '[:;,]{0,2}(?:为|是)?[:]?';

/** What ends an address: the next label, or words that lead on. */
const NEXT_LABEL =
  /^(?:[,、;:]?)(?:邮政编码|邮编|联系电话|咨询电话|办公电话|电话|传真|电子邮箱|电子邮件|电子信箱|邮箱|电邮|E-?mail|网址|网站|联系人|联系方式|办公时间|收件人|受理)/i;
const ADDRESS_LABEL =
  /(?<!网站|网|下载|邮箱|邮件|电子|IP|查询|链接)(?:联系地址|办公地址|通讯地址|通信地址|单位地址|办公地点|邮寄地址|地址|地点)[:：]?(?:为|是|位于)?/g;
const ADDRESS_GOES_ON = /^[,、][^,;。\n]{0,24}(?:号|楼|室|路|街|栋|座|层|大厦|中心|院内|办公室)/;
/** Lengths as RFC 5321 and 1035 have them; without bounds a long run of letters would be searched again from each of them. */
const EMAIL = /[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+/g;
const WEBSITE =
  /https?:\/\/[\w./\-?=&%#~+@:]+|(?<![\w@.\-/])(?:www|m|wap)\.[\w-]+(?:\.[\w-]+)+(?:[/?][\w./\-?=&%#~+]*)?|(?<![\w@.\-/])(?:[A-Za-z0-9-]+\.)+(?:gov\.cn|edu\.cn|org\.cn|com\.cn|gov|cn|com|org|net)(?![\w@])(?:\/[\w./\-?=&%#~+]*)?/gi;

/** Phones that are not the report's contact. */
const OTHER_PHONE = /(?:监督|举报|投诉|热线|服务|值班|技术|维权|求助)(?:联系)?$/;

/** Confidence: found in the preamble, found there without a label, found elsewhere in the report, not found. */
const CONFIDENCE = { preamble: 0.98, unlabelled: 0.85, elsewhere: 0.85, website: 0.95, notPrinted: 0.93 };

/**
 * How one is to reach the body, from the preamble (or the first section), else from the rest of the report's own text and
 * the foot of the 2014 table; never from what the site prints around it, above the title for instance. Numbers are as printed, without white space.
 */
export function readContacts(zones: Zones, title: TitleReading | null): Record<ContactKey, MetaValue> {
  const preamble = toPassage([...behindTop(zones.opening, title), ...zones.firstSection]);
  const inquiry = fromInquiry(preamble);
  const rest = toPassage([...behindTop(zones.body, title), ...tableFeet(zones)]);
  const read = (find: Finder, findUnlabelled?: Finder): MetaValue => {
    const own = find(inquiry);
    if (own) return toValue(inquiry, own, CONFIDENCE.preamble);
    const near = find(preamble);
    if (near) return toValue(preamble, near, CONFIDENCE.preamble);
    const bare = findUnlabelled?.(inquiry);
    if (bare) return toValue(inquiry, bare, CONFIDENCE.unlabelled);
    const far = find(rest);
    return far
      ? toValue(rest, far, CONFIDENCE.elsewhere)
      : { value: null, confidence: CONFIDENCE.notPrinted, evidence: [] };
  };
  const website = findWebsite(preamble);
  return {
    postcode: read(findPostcode),
    phone: read(findPhone, findBarePhone),
    fax: read(findFax),
    email: read(findEmail),
    address: read(findAddress, findBareAddress),
    website: website
      ? toValue(preamble, website, CONFIDENCE.website)
      : { value: null, confidence: CONFIDENCE.notPrinted, evidence: [] },
  };
}

/** The lines behind the title; where the page has none, those from the first that speaks of the report or its rules. */
function behindTop(lines: readonly Line[], title: TitleReading | null): readonly Line[] {
  const titleEnd = lines.findLastIndex((line) => title?.lines.includes(line));
  if (titleEnd >= 0) return lines.slice(titleEnd + 1);
  const first = lines.findIndex((line) => /报告|年报|条例/.test(toPlain(line.text)));
  return first > 0 ? lines.slice(first) : lines;
}

/** The passage from where it says whom to ask: 如对本报告有疑问，请与…联系; the whole of it where it does not. */
function fromInquiry(passage: Passage): Passage {
  const start = passage.plain.search(
    /疑[问义]|意见[和或、]?建议|(?:咨询|了解)[^。\n]{0,12}请|请(?:直接)?(?:与|联系|致电)/,
  );
  if (start <= 0) return passage;
  return {
    ...passage,
    printed: passage.printed.slice(start),
    plain: passage.plain.slice(start),
    lineOf: passage.lineOf.slice(start),
    offsetOf: passage.offsetOf.slice(start),
  };
}

/** A number behind the body's name in the sentence that says whom to ask: 请联系：某某局办公室：65890375. */
function findBarePhone(passage: Passage): Hit | null {
  return findGroup(
    passage,
    /^[^。\n]{0,80}[局委办厅府院部会处室科股心][:(,](?<value>(?:\(?0\d{2,3}[)\-]?)?[2-8]\d{6,7})(?![\d-])/g,
  );
}

/** An address in brackets behind whom to ask, or behind 位于, without a label of its own. */
function findBareAddress(passage: Passage): Hit | null {
  return findGroup(
    passage,
    /(?:^[^。\n]{0,80}[局委办厅府院部会处室科股心系]\(|现?位于)(?<value>[\u4e00-\u9fff]{2,20}[路街道巷村镇乡大厦][\u4e00-\u9fff]{0,6}[\dA-Za-z一二三四五六七八九十-]{1,8}号?[\u4e00-\u9fff\dA-Za-z-]{0,20})(?=[,;)。])/g,
  );
}

function tableFeet(zones: Zones): Line[] {
  return zones.all.filter((line) => line.kind === 'table' && /联系电话|填报/.test(line.text));
}

function toValue(passage: Passage, hit: Hit, confidence: number): MetaValue {
  return {
    value: passage.printed.slice(hit.start, hit.end),
    confidence,
    evidence: passageEvidence(passage, hit.start, hit.end),
  };
}

/** The place of the named group `value` of a pattern's first match that `accept` lets pass. */
function findGroup(
  passage: Passage,
  pattern: RegExp,
  accept: (match: RegExpMatchArray) => boolean = () => true,
): Hit | null {
  for (const match of passage.plain.matchAll(pattern)) {
    const value = match.groups?.['value'];
    if (value === undefined || !accept(match)) continue;
    const start = (match.index ?? 0) + match[0].lastIndexOf(value);
    return { start, end: start + value.length };
  }
  return null;
}

function findPostcode(passage: Passage): Hit | null {
  return findGroup(
    passage,
    /(?:邮政编码|邮编|邮政区码|邮递区号|邮码)[:;,]{0,2}(?:为|是)?(?<value>\d{6})(?!\d)/g,
  );
}

function findPhone(passage: Passage): Hit | null {
  const pattern = new RegExp(
    `${PHONE_LABEL}(?:号码)?(?:[、/及和,]?\\(?传真\\)?)?${SEPARATOR}(?<value>${NUMBER}|\\d{5,12})`,
    'gi',
  );
  const before = (match: RegExpMatchArray): string =>
    passage.plain.slice(Math.max(0, (match.index ?? 0) - 4), match.index);
  const hit = findGroup(passage, pattern, (match) => !OTHER_PHONE.test(before(match)));
  return hit && trimNumber(passage, hit);
}

function findFax(passage: Passage): Hit | null {
  const hit = findGroup(
    passage,
    new RegExp(`传真(?:电话|号码)?(?:[、/及和,]?\\(?电话\\)?)?\\)?${SEPARATOR}(?<value>${NUMBER})`, 'g'),
  );
  return hit && trimNumber(passage, hit);
}

/** A bracket that closes the sentence, not the area code, is no part of the number. */
function trimNumber(passage: Passage, hit: Hit): Hit {
  const value = passage.plain.slice(hit.start, hit.end);
  const unopened = value.indexOf(')');
  if (unopened >= 0 && !value.slice(0, unopened).includes('('))
    return { start: hit.start, end: hit.start + unopened };
  return hit;
}

function findEmail(passage: Passage): Hit | null {
  if (!passage.plain.includes('@')) return null;
  const [match] = passage.plain.matchAll(EMAIL);
  return match ? { start: match.index, end: match.index + match[0].replace(/\.$/, '').length } : null;
}

function findAddress(passage: Passage): Hit | null {
  for (const match of passage.plain.matchAll(ADDRESS_LABEL)) {
    const start = match.index + match[0].length;
    const end = addressEnd(passage.plain, start);
    if (/[\u4e00-\u9fff]{3}/.test(passage.plain.slice(start, end))) return { start, end };
  }
  return null;
}

/** An address runs to the punctuation or label that ends it; brackets inside belong to it, and so do floors behind a comma. */
function addressEnd(plain: string, start: number): number {
  let depth = 0;
  let end = start;
  for (; end < plain.length && end - start < MAX_ADDRESS; end++) {
    const char = plain[end] ?? '';
    const ahead = plain.slice(end, end + 30);
    if (char === '(' && NEXT_LABEL.test(plain.slice(end + 1, end + 12))) break;
    if (char === '(') depth++;
    if (char === ')' && depth-- === 0) break;
    if (depth > 0) continue;
    if (/[;。\n]/.test(char) || NEXT_LABEL.test(ahead)) break;
    if (/[,、]/.test(char) && !ADDRESS_GOES_ON.test(ahead)) break;
  }
  return end;
}

/** Longest address read (characters). */
const MAX_ADDRESS = 80;

/** The first web address of the preamble that is no part of an e-mail address. */
function findWebsite(passage: Passage): Hit | null {
  for (const match of passage.plain.matchAll(WEBSITE)) {
    const text = match[0].replace(/[.,;:]+$/, '');
    return { start: match.index, end: match.index + text.length };
  }
  return null;
}
