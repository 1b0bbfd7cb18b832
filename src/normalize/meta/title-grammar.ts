import { parseYear } from '../../text/parse-date.js';

/** A title taken apart. `subject` is empty where the title names nobody. */
export interface TitleParts {
  /** The title without site suffixes and remarks, as printed, no white space. */
  readonly title: string;
  readonly subject: string;
  readonly year: number | null;
}

/** Titles are short; longer lines (characters) are sentences. */
export const MAX_TITLE_LENGTH = 80;

const YEAR = '(?:(?:19|20)\\d{2}|[二一][〇○零Ｏ九一二三四五六七八九]{3})';

/** 2024-2025学年: a university's year, named by its end. */
const ACADEMIC_YEAR = '(?:(?:19|20)\\d{2}-(?=(?:19|20)\\d{2}学))?';

/** What the report is about, as titles say it. */
export const TOPIC =
  '(?:(?:政府|政务)信息(?:与|和|及|暨|、)(?:政务|政府)?(?:信息)?公开|政务(?:公开)?(?:与|和|及|暨|、)政府信息公开|政府信息公开(?:与|和|及|暨|、)政务公开|(?:政府|政务|公共)信息公开|政府公开信息|政务公开|信息公开|政府信息)';

const KIND = `(?:工作|情况|的|年度|${YEAR}年度?|总结|执行|统计){0,7}(?:报告|年报)(?:书)?`;
const REMARK = '(?:全文|正文|文本)?(?:\\([^()]{1,14}\\))?';
const SITE_SUFFIX = '(?:[_|\\-].{0,60})?';

const TITLE = new RegExp(
  `^(?:\\d{1,2}[.、])?(?:关于)?(?<before>[^,。;:!?]{0,45}?)${ACADEMIC_YEAR}(?<year>${YEAR})(?:学年度?|年度|年|度)?(?:关于)?(?<between>[^,。;:!?]{0,45}?)(?:的)?${TOPIC}${KIND}(?<remark>${REMARK})(?<suffix>${SITE_SUFFIX})$`,
);
const TITLE_WITHOUT_YEAR = new RegExp(
  `^(?:关于)?(?<before>[^,。;:!?\\d]{0,45}?)(?:关于)?${TOPIC}${KIND}(?<remark>${REMARK})(?<suffix>${SITE_SUFFIX})$`,
);

/** 2024 in （2024年度） behind or under a title. */
const TRAILING_YEAR = new RegExp(`\\((?<year>${YEAR})(?:年度|年)?\\)$`);

/** Words that make a line about reports, not the title of one. */
const ABOUT_REPORTS =
  /通知|解读|图解|一图|编制|模板|格式|范文|制度|汇总表|目录|方案|要点|指南|专栏|栏目|意见|办法|下载|查看|公示$/;

/** 标题： in front of the title, or the name of the site as browsers show it. */
const LABEL_BEFORE =
  /^(?:标题|题名|名称|文件名称|信息名称)[:]?(?=.{6})|^[\u4e00-\u9fff·]{2,24}(?:网站|门户网?|网|平台)[-_|](?=.{6})/;

/** Words in brackets or in front that narrow the body down to itself, or widen it to its whole system. */
const SCOPE = /\((?:本级机关|本级|机关本级|机关|本部|汇总|全系统|系统)\)|(?:机关本级|本级)$/g;

/** Phrases that hijacked mirrors put where 关于 stood (FORMS.md 6.2). */
const HIJACK_PHRASE = /(?:[\u4e00-\u9fff]{2}体育直播|比分直播(?:,?篮球比分直播)?|(?:足球|篮球)直播(?:吧)?)/g;

/**
 * Takes a squeezed line in plain forms (see `toPlain`) apart as a report's title, or gives null. The grammar is that
 * of FORMS.md 5.1: subject and year in either order, many names of the topic, remarks and site names behind it.
 */
export function readTitle(printed: string, plain: string): TitleParts | null {
  if (
    plain.length > MAX_TITLE_LENGTH + 40 ||
    !/报告|年报/.test(plain) ||
    ABOUT_REPORTS.test(plain.split(/[_|]/)[0] ?? '')
  )
    return null;
  const label = LABEL_BEFORE.exec(plain)?.[0] ?? '';
  if (label !== '') return readTitle(printed.slice(label.length), plain.slice(label.length));
  const open = /^《(.*)》$/.exec(plain);
  if (open) return readTitle(printed.slice(1, -1), open[1] ?? '');
  const match = TITLE.exec(plain) ?? TITLE_WITHOUT_YEAR.exec(plain);
  if (!match?.groups) return null;
  const { before = '', year, between = '', remark = '', suffix = '' } = match.groups;
  if (TASK.test(before)) return null;
  const trailing = TRAILING_YEAR.exec(remark)?.groups?.['year'];
  const subject = [before, between].map(cleanSubject).find((part) => part !== '') ?? '';
  if (!/^[\u4e00-\u9fff〇·()、"《》-]*$/.test(subject)) return null;
  const cut = plain.length - suffix.length - (trailing === undefined ? remark.length : 0);
  const title = printed.slice(0, cut).replace(/^(?:\d{1,2}[.、])/, '');
  if (title.length > MAX_TITLE_LENGTH) return null;
  return { title: restoreHijacked(title), subject, year: parseYear(year ?? trailing ?? '') };
}

/** Puts 关于 back where a mirror has put its own phrase; other text is returned as it is. */
export function restoreHijacked(text: string): string {
  return text.replace(HIJACK_PHRASE, '关于');
}

/** What to do about reports (关于做好2017年…年度报告, and 编制工作的通知 on the next line) is no title of one. */
const TASK = /(?:^|关于)(?:认真|切实|规范|扎实)?做好/;

function cleanSubject(part: string): string {
  return restoreHijacked(part)
    .replace(/^(?:关于|关于印发|公布|发布)/, '')
    .replace(SCOPE, '')
    .replace(/(?:关于|年度?|的)+$/, '');
}
