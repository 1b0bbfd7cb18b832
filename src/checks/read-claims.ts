import type { Section, SectionKind } from '../model/record.js';
import { fold } from '../text/fold.js';

/** What a count in the prose counts. */
export type ClaimKind =
  | 'received'
  | 'carried_over'
  | 'concluded'
  | 'carried_forward'
  | 'review'
  | 'review_upheld'
  | 'review_corrected'
  | 'litigation';

/** A count that the report states in its own words, apart from its tables. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly value: number;
  /** The words it was read from, folded. */
  readonly words: string;
}

/** Sections in which the report counts its requests, reviews and lawsuits. */
const COUNTING_SECTIONS: ReadonlySet<SectionKind> = new Set([
  'overview',
  'applications',
  'review_and_litigation',
  'other_matters',
  'unknown',
]);

/** Sections longer than this (folded characters) are read up to here. */
const MAX_SECTION = 20_000;

const COUNT =
  '(?<!第|约|近|\\d|逾|超过?)(?<n>\\d{1,3}(?:,\\d{3})+|\\d{1,7})(?:件|条|份|宗|个|例|起|次|项)(?!以上|左右)';
const NONE = '(?:未|没有|无|未曾|尚未)(?:发生|有)?';
const REQUESTS = '(?:申请|依申请公开)';

interface Pattern {
  readonly kind: ClaimKind;
  readonly pattern: RegExp;
}

/**
 * Wordings of LABELS.md. Within one clause a verb and its count; a count with 约 or 余 is no exact number. Patterns
 * without a number in them claim 0.
 */
const PATTERNS: readonly Pattern[] = [
  one('received', `(?:收到|受理|新收|接收|收办|收悉)(?:并受理|到|了)?[^,。;:\\d]{0,40}?${COUNT}`),
  one(
    'received',
    `(?<!网上|当面|来信|信函|书面|现场|邮寄|邮件|在线|传真|网络|平台)${REQUESTS}[^,。;:\\d]{0,8}(?:共|总)?(?:计)?${COUNT}(?=,(?:均|全部|已|其中|按)|。)`,
  ),
  one('received', `${NONE}(?:收到|受理|接到)[^,。;:\\d]{0,24}${REQUESTS}`),
  one(
    'carried_over',
    `(?:上(?:一)?年度?|往年|\\d{4}年度?)(?:遗留|结转)(?:至本年|下来|继续办理)?的?[^,。;:\\d]{0,16}?${COUNT}`,
  ),
  one('concluded', `(?:办结|答复|办理完毕|办理答复|共办理|共处理)(?:了)?[^,。;:\\d]{0,24}?${COUNT}`),
  one(
    'carried_forward',
    `(?:结转|转|顺延|延至|转入|转结)(?:至|到|入)?(?:下|次|\\d{4})(?:一)?年度?(?:继续)?(?:办理|答复|处理)?的?[^,。;:\\d]{0,10}?${COUNT}`,
  ),
  one(
    'carried_forward',
    `${COUNT}(?:申请)?(?:正在办理,?)?(?:将)?(?:结转|转|顺延|延至|转入)(?:至|到|入)?(?:下|次|\\d{4})(?:一)?年`,
  ),
  one('review', `行政复议(?:案件|申请|的)?(?:共|总计|合计)?(?:计)?${COUNT}`),
  one('review', `${NONE}(?:收到|因)?[^,。;:\\d]{0,20}行政复议`),
  one('review_upheld', `行政复议[^。;\\n]{0,60}?(?:结果)?维持(?:的|原行政行为)?${COUNT}`),
  one('review_corrected', `行政复议[^。;\\n]{0,60}?(?:结果)?(?:纠正|纠错)(?:的)?${COUNT}`),
  one('litigation', `行政诉讼(?:案件|的)?(?:共|总计|合计)?(?:计)?${COUNT}`),
  one('litigation', `${NONE}(?:收到|因)?[^,。;:\\d]{0,30}(?:行政)?诉讼`),
];

/** A clause with these speaks of something else than the body's own requests under the regulations. */
const OTHER_MATTER = /建议|提案|留言|信箱|热线|咨询|投诉|来信|来访|稿件|培训|工单|举报/;

/** Every count of requests, reviews and lawsuits in the report's prose, in printed order, the same count once. */
export function readClaims(sections: readonly Section[]): Claim[] {
  const claims: Claim[] = [];
  for (const section of sections.filter((other) => COUNTING_SECTIONS.has(other.kind))) {
    for (const claim of sectionClaims(fold(section.text).slice(0, MAX_SECTION), section.kind)) {
      if (!claims.some((known) => known.kind === claim.kind && known.value === claim.value))
        claims.push(claim);
    }
  }
  return claims;
}

function sectionClaims(text: string, section: SectionKind): Claim[] {
  return PATTERNS.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const sentence = sentenceAround(text, match.index);
      if (OTHER_MATTER.test(match[0])) return [];
      if (isAboutRequests(kind) && section !== 'applications' && !/申请|信息公开/.test(sentence)) return [];
      const value = Number((match.groups?.['n'] ?? '0').replaceAll(',', ''));
      return [{ kind, value, words: match[0] }];
    }),
  );
}

function isAboutRequests(kind: ClaimKind): boolean {
  return kind === 'received' || kind === 'carried_over' || kind === 'concluded' || kind === 'carried_forward';
}

function sentenceAround(text: string, index: number): string {
  const start = Math.max(text.lastIndexOf('。', index), text.lastIndexOf(';', index)) + 1;
  const end = text.indexOf('。', index);
  return text.slice(start, end < 0 ? undefined : end);
}

function one(kind: ClaimKind, source: string): Pattern {
  return { kind, pattern: new RegExp(source, 'g') };
}
