import { isSectionTitle } from './cell-kinds.js';
import type { Line } from './lines.js';

const LONG_LINE = 300;
const WHOLE_TEXT_LINE = 800;
const FLOOD_OF_TABS = 40;
const FEW_LINES = 6;

/**
 * Lines that a converter glued together, taken apart again: HTML tables that start inside a line, a whole page in one
 * line (cells between tabs or spaces, or nothing), paragraphs without line breaks between them. Offsets are kept.
 */
export function explodeLines(lines: readonly Line[]): Line[] {
  const filled = lines.filter((line) => line.text.trim() !== '');
  const isOneLiner = filled.length <= FEW_LINES;
  return lines.flatMap((line) => {
    if (/<\/?(?:table|html|body)\b/i.test(line.text))
      return cutBefore(line, /(?=<table\b)|(?<=<\/table\s*>)|(?<=<(?:html|body)>)/gi);
    if (line.text.length < LONG_LINE) return [line];
    return explodeLongLine(line, isOneLiner);
  });
}

function explodeLongLine(line: Line, isOneLiner: boolean): Line[] {
  const sentences = (line.text.match(/。/g) ?? []).length;
  if (isOneLiner && line.text.length >= WHOLE_TEXT_LINE) {
    const tabs = (line.text.match(/\t/g) ?? []).length;
    if (tabs >= FLOOD_OF_TABS) return cutBefore(line, /(?<=\t)/g).map(withoutTabs);
    const spaces = (line.text.match(/(?<=\S)[ \u00a0]+(?=\S)/g) ?? []).length;
    if (spaces * 20 > line.text.length) return cutBefore(line, /(?<= )(?=\S)/g).flatMap(cutGluedSections);
    return cutGluedSections(line).flatMap((part) => cutBefore(part, GLUED_PARTS));
  }
  if (sentences < 2) return [line];
  return cutBefore(line, /(?<=\S)(?=[ \u00a0]{4,}\S)|(?<=\S)(?=\u3000\u3000)/g).flatMap(cutGluedSections);
}

/**
 * Where parts of a page end or begin that stood apart before their separators were lost: sentences, the report's title,
 * and the line of the site with the date.
 */
const GLUED_PARTS = new RegExp(
  [
    '(?<=[。！？])(?=[^”"』」）)])',
    '(?<=年度报告)(?=根据|按照|依据|为|本报告|现将|发布|来源|时间|附件|索引|[\\u4e00-\\u9fff]{2,24}\\d{4}年[^。]{0,20}年度报告)',
    '(?=(?:发布时间|发布日期|信息来源|来源|浏览次数|字体|主办|附件)[：:])',
  ].join('|'),
  'g',
);

function cutBefore(line: Line, places: RegExp): Line[] {
  return cutAt(
    line,
    [...line.text.matchAll(places)].map((match) => match.index),
  );
}

/** A section's number behind the end of something else: 。 ） a figure, or a word. */
const SECTION_NUMBER = /[一二三四五六七八][、.．]/g;
const TITLE_REACH = 44;

/** Cuts 「…实处。二、主动公开政府信息情况第二十条…」 before and behind the section's title. */
function cutGluedSections(line: Line): Line[] {
  const cuts: number[] = [];
  for (const match of line.text.matchAll(SECTION_NUMBER)) {
    if (match.index < (cuts.at(-1) ?? 0)) continue;
    const length = titleLength(line.text.slice(match.index, match.index + TITLE_REACH));
    if (length === 0) continue;
    cuts.push(match.index, match.index + length);
  }
  return cutAt(line, cuts);
}

/** Length of the section title a text starts with, 0 where it starts with none. */
function titleLength(text: string): number {
  const ends = [...text.matchAll(/情况|事项|措施|打算/g)].map((match) => match.index + match[0].length);
  return ends.find((end) => isSectionTitle(text.slice(0, end))) ?? 0;
}

function cutAt(line: Line, places: readonly number[]): Line[] {
  const cuts = [...new Set([0, ...places, line.text.length])].sort((a, b) => a - b);
  if (cuts.length <= 2) return [line];
  const parts: Line[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    parts.push({
      text: line.text.slice(from, to),
      start: line.start + from,
      afterPageBreak: i === 0 && line.afterPageBreak,
    });
  }
  return parts;
}

/** The tab only parted the pieces; it opens no cell. */
function withoutTabs(line: Line): Line {
  return { ...line, text: line.text.replace(/\t$/, '') };
}
