import type { SectionKind } from '../model/record.js';
import { fold } from '../text/fold.js';

/** A heading as it was recognised: the kind of section it opens and whether an ordinal stood before it. */
export interface HeadingReading {
  readonly kind: SectionKind;
  readonly numbered: boolean;
}

/** A heading is no sentence: longer lines (folded characters) are text. */
const MAX_HEADING_LENGTH = 45;

/** Headings of other kinds (三、多措并举，全面公开) are believed only up to this length (folded characters). */
const MAX_UNKNOWN_LENGTH = 30;

const ORDINAL =
  /^(?:#{1,6})?(?:[|l]?第?(?:[一二三四五六七八九十]{1,3}|[IVX]{1,4})(?:部分|章|节)?(?:[、.,:]|(?<=[分章节]))|第?\d{1,2}(?:部分|章|节|[、.](?!\d)))/;

/** （一） and ①: parts of a section; also what is left of an empty line. */
const SUB_HEADING = /^$|^\([一二三四五六七八九十]{1,3}\)|^[①-⑳]/;

/** What a heading of each kind says, without its ordinal; tried in this order (LABELS.md, FORMS.md 1.1 and 5.2). */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  [
    'statistics',
    /^(?:附(?:件|表)?\d?[:.、]?)?(?:\d{4}年度?)?.{0,20}(?:政府信息公开(?:工作)?情况统计(?:报?表|情况)|统计(?:附|报)?表)(?:\(.{2,10}\))?$/,
  ],
  [
    'review_and_litigation',
    /(?:行政复议|复议).{0,12}诉讼|行政复议(?:和|、|及)?.{0,4}情况$|行政诉讼.{0,4}情况$/,
  ],
  [
    'problems',
    /(?:存在|主要|现存|当前|工作|的).{0,8}(?:问题|不足|困难)|问题.{0,6}(?:改进|措施|打算)|改进(?:情况|措施|方向|思路|举措)$|下一步.{0,6}(?:工作|打算|计划|措施)|工作(?:打算|计划)$/,
  ],
  ['other_matters', /^(?:其他|其它|需要|应当|有关|附表?|说明).{0,12}(?:事项|情况说明|情况)$|^其他$/],
  [
    'applications',
    /(?:收到(?:和|与|及|并)?处理|申请(?:接收|受理|收到)|依申请公开|申请办理|处理).{0,20}(?:情况|申请)/,
  ],
  ['disclosure', /主动公开.{0,14}(?:情况|详情|内容|信息|方面)?(?:统计表?)?$|^政府信息主动公开/],
  [
    'overview',
    /^(?:\d{4}年度?|本年度?)?.{0,16}(?:总体|总的|基本|主要)?.{0,6}(?:总体情况|总体工作情况|总体落实情况|概述|概况|工作(?:开展|完成)?情况|基本(?:工作)?情况|任务落实情况|工作综述|总体概况)$|^(?:总体|总述|综述)$/,
  ],
];

/** Headings sure enough to be recognised inside a paragraph into which a converter ran them. */
const EMBEDDED = new RegExp(
  '[一二三四五六]、(?:' +
    [
      '总体情况',
      '概述',
      '工作概况',
      '(?:行政机关|本年度?)?主动公开政府信息的?(?:情况)',
      '(?:行政机关)?(?:收到和处理|办理)政府信息公开申请(?:的)?情况',
      '(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议(?:、|及|和)(?:提起)?行政诉讼的?情况',
      '(?:政府信息公开工作)?存在的?(?:主要)?问题(?:及|和)改进(?:情况|措施)',
      '其他需要报告的?事项',
    ].join('|') +
    ')(?=\\s|[（(]一[)）]|\\d{4}|$)',
  'g',
);

/**
 * Reads a line as the heading of a section, or gives null. `styled` says that the source itself marks it as a heading.
 * Sub-headings （一） are text of their section.
 */
export function readHeading(line: string, styled = false): HeadingReading | null {
  const folded = fold(line).replace(/^[*#_]+|[*#_]+$/g, '');
  if (folded.length > MAX_HEADING_LENGTH || /[。;!?]/.test(folded) || SUB_HEADING.test(folded)) return null;
  const ordinal = ORDINAL.exec(folded)?.[0] ?? '';
  const title = folded.slice(ordinal.length).replace(/[:.]$/, '');
  const numbered = ordinal !== '';
  const kind = KINDS.find(([, pattern]) => pattern.test(title))?.[0];
  if (kind === 'statistics') return { kind, numbered };
  if (numbered && title === '') return { kind: 'unknown', numbered };
  if (kind && (numbered || styled || isBareHeading(title))) return { kind, numbered };
  return numbered &&
    /^[^\d]/.test(ordinal) &&
    title.length <= MAX_UNKNOWN_LENGTH &&
    /[\u4e00-\u9fff]{2}/.test(title)
    ? { kind: 'unknown', numbered }
    : null;
}

/** Unnumbered lines are headings only where they say one of the six official titles in full. */
function isBareHeading(title: string): boolean {
  return /^(?:(?:年度|本年度)?总体(?:工作)?情况|概述|引言|(?:行政机关)?主动公开政府信息的?情况|(?:行政机关)?收到和处理(?:政府)?信息公开申请(?:的)?情况|(?:因)?政府信息公开.{0,6}行政复议.{0,6}行政诉讼的?情况|.{0,8}存在的?主要问题(?:及|和|与)改进.{2}|其他需要报告的?事项)$/.test(
    title,
  );
}

/** 「2015年1月2日附件：…」: the list of annexes run into the date of the signature. */
const BEFORE_ANNEX = /(?<=\d\s*日\s*)(?=附[件表]?\s*\d?\s*[:：])/;

/** Splits a line before and behind headings that were run into it; the pieces together are the line again. */
export function splitEmbeddedHeadings(line: string): string[] {
  return line.split(BEFORE_ANNEX).flatMap(splitAtHeadings);
}

function splitAtHeadings(line: string): string[] {
  const pieces: string[] = [];
  let last = 0;
  for (const match of line.matchAll(EMBEDDED)) {
    if (match.index > 0 && !/[。）)；;：:\s]$/.test(line.slice(0, match.index))) continue;
    if (match.index > last) pieces.push(line.slice(last, match.index));
    pieces.push(match[0]);
    last = match.index + match[0].length;
  }
  if (last < line.length) pieces.push(line.slice(last));
  return pieces;
}
