import type { Document } from '../../model/document.js';
import type { Evidence } from '../../model/evidence.js';
import { withoutSpace } from '../../text/fold.js';
import { findDates } from '../../text/parse-date.js';
import { cleanName, isBodyName, mentionedNames } from './body-names.js';
import { lineEvidence, passageEvidence, toPassage, toPlain, type Line, type Passage } from './lines.js';
import { TOPIC } from './title-grammar.js';
import type { Zones } from './zones.js';

/**
 * Where a name was found. `statement`: 现公布X…年度报告; `compiler`: 由X编制; `opening`: the first sentence about its
 * year; `page`: 来源 and 发布机构; `form`: 填报单位; `mention`: anywhere, with a place in front;
 * `site`: as part of a web site's name or an address.
 */
export type NameSource =
  | 'title'
  | 'statement'
  | 'letterhead'
  | 'signature'
  | 'page'
  | 'form'
  | 'compiler'
  | 'opening'
  | 'contact'
  | 'mention'
  | 'site';

export interface NameCandidate {
  readonly name: string;
  readonly source: NameSource;
  readonly evidence: readonly Evidence[];
}

const REPORT_MENTION = new RegExp(
  `(?<before>[^,。;:\\n《》()"]{3,60}?)(?:关于)?${TOPIC}(?:工作|情况|的|年度|\\d{4}年度?|总结){0,6}(?:报告|年报)(?!有关|格式|事项|的通知|编制|编发|和发布|发布工作|工作)`,
  'g',
);
const BEFORE_NAME = /^.*(?:公布|发布|编制(?:完成)?了?|编写了?|形成了?|现将|现就|特将|在此将|撰写了?)/;
const YEAR_AROUND = /^(?:(?:19|20)\d{2}年(?:度)?)|(?:(?:19|20)\d{2}年(?:度)?)$/g;
/** The body as subject of the sentence that speaks of the report: X特编制2023年…年度报告; X结合实际，编制…. */
const SUBJECT_FIRST =
  /(?:^|[,。;》\n])(?<name>[\u4e00-\u9fff]{3,40}?)(?:特|认真|依法|组织|现)?(?=编制|编写|撰写|结合[^。\n]{0,60}(?:编制|编写|形成)|依据《|根据《|按照《)/g;
/** A name that the preamble gives a short form: 北京市环境保护局(以下简称市环保局). */
const DEFINED =
  /(?<name>[\u4e00-\u9fff]{4,40})\((?:以下|下)?(?:统一)?简称["]?(?=[\u4e00-\u9fff]{2,12}["]?\))/g;
const COMPILER =
  /由(?<name>[\u4e00-\u9fff]{3,40}?)(?=根据|综合|按照|依据|依照|负责|组织|牵头|汇总|统一|编|起草|撰写|制作|结合|,|\()(?=[^。\n]{0,120}(?:编制|编写|编辑|编撰|起草|撰写|制作))/g;
const CONTACT =
  /(?:请与|可与|请联系|请向|请致电|可致电|可联系|请和|请同|可向|径与|请直接与|或直接与|直接与|请及时与|欢迎与|敬请联系|可以与)[:：]?(?<name>[\u4e00-\u9fff]{4,45})/g;
const SOURCE_LABEL =
  /(?:信息来源|文章来源|稿件来源|来源|稿源|发布机构|发文机关|发布单位|发布部门|公开机构|公开单位|公开主体|责任部门|责任单位|信息提供单位|供稿单位|供稿|信息公开单位|信息提供)\s*[:：]?\s*[【[（(]?\s*(?<name>[\u4e00-\u9fff（）()]{3,40})/g;
const FILLED_IN_BY = /(?:填报|填表)单位(?:\(盖章\)|\(公章\)|名称)?[:：]?(?<name>[\u4e00-\u9fff]{3,40})/;
const SOURCE_PROPERTIES =
  /^(?:content_?source|source|author|contentsource|publisher|dc\.(?:creator|publisher))$/i;

/** What may follow a body's name where a sentence goes on to say what it did. */
const FOLLOWS_NAME =
  /^(?:$|以|在|坚持|认真|深入|严格|始终|按照|根据|依据|紧|切实|积极|持续|全面|高度|贯彻|围绕|不断|进一步|主动|共|未|没有|按|依法|为|党组|领导|的|将|对|通过|印发|成立|加强|继续|着力|扎实|牢固|牢牢|聚焦|立足|结合|严|大力|编制|办公室|及时|充分|有序|稳步|深化|强化|落实|推进|组织|把|从|本着|现|发布|公开|政府信息|政务公开|信息公开|(?:19|20)\d{2})/;
const BEFORE_FIRST_SENTENCE =
  /^(?:(?:19|20)\d{2}-(?:19|20)\d{2}学年(?:度)?[,、]?|(?:19|20)\d{2}年(?:度|来|以来|初)?[,、]?|今年以来[,、]?|一年来[,、]?|过去一年[,、]?|上年度?[,、]?|本年度[,、]?)?/;

/** Longest name (characters) tried in a first sentence. */
const MAX_NAME = 45;

/** A signature stands at most this many lines before its date. */
const SIGNATURE_DISTANCE = 3;

/** How many characters of a document are searched for names mentioned in passing. */
const MENTION_WINDOW = 20_000;

/** Every name in the document that may be the reporting body's, the title's own left aside. */
export function findNameCandidates(
  document: Document,
  zones: Zones,
  titleLines: readonly Line[],
): NameCandidate[] {
  const opening = zones.opening.filter((line) => !titleLines.includes(line));
  const own = { ...zones, opening };
  const preamble = toPassage([...opening, ...zones.firstSection]);
  return [
    ...statements(preamble),
    ...letterheads(own),
    ...signatures(zones),
    ...pageSources(document, zones),
    ...formUnits(zones),
    ...matches(preamble, SUBJECT_FIRST, 'statement'),
    ...matches(preamble, DEFINED, 'statement'),
    ...matches(preamble, COMPILER, 'compiler'),
    ...firstSentences(own),
    ...matches(preamble, CONTACT, 'contact'),
    ...mentions(zones),
  ];
}

function statements(passage: Passage): NameCandidate[] {
  return [...passage.plain.matchAll(REPORT_MENTION)].flatMap((match) => {
    const before = (match.groups?.['before'] ?? '')
      .replace(BEFORE_NAME, '')
      .replace(YEAR_AROUND, '')
      // Mirrors put their own address in front.
      .replace(/^.*[\w.]{4,}(?=[\u4e00-\u9fff])/, '')
      .replace(/^关于/, '');
    const name = cleanName(before.replace(YEAR_AROUND, ''));
    if (!name) return [];
    const start = passage.plain.indexOf(name, match.index);
    return [
      { name, source: 'statement' as const, evidence: passageEvidence(passage, start, start + name.length) },
    ];
  });
}

function matches(passage: Passage, pattern: RegExp, source: NameSource): NameCandidate[] {
  return [...passage.plain.matchAll(pattern)].flatMap((match) => {
    const name = longestBodyName(match.groups?.['name'] ?? '');
    if (!name) return [];
    const start = passage.plain.indexOf(name, match.index);
    return [{ name, source, evidence: passageEvidence(passage, start, start + name.length) }];
  });
}

/** The longest head of a run of characters that is a body's name: 涵江区教育局 of 涵江区教育局办公室联系. */
function longestBodyName(run: string): string | null {
  const whole = cleanName(run.replace(/(?:直接|进行)?(?:联系|咨询|反映).*$/, ''));
  if (whole) return whole;
  for (let length = run.length; length >= 3; length--) {
    const head = run.slice(0, length);
    if (isBodyName(head)) return cleanName(head);
  }
  return null;
}

/** A line with a name and nothing else at the very top, above the title. */
function letterheads(zones: Zones): NameCandidate[] {
  return zones.opening.slice(0, LETTERHEAD_LINES).flatMap((line) => nameLine(line, 'letterhead'));
}

/** A letterhead is one of the first lines. */
const LETTERHEAD_LINES = 6;

function signatures(zones: Zones): NameCandidate[] {
  const { ending } = zones;
  return ending.flatMap((line, index) => {
    const near = ending.slice(index + 1, index + 1 + SIGNATURE_DISTANCE);
    const dated = near.some((other) => isDateLine(other.text));
    if (dated || index >= ending.length - SIGNATURE_DISTANCE) return nameLine(line, 'signature');
    return [];
  });
}

/** An entry of a menu that ends as a body's name does: 项目中心, 办事大厅. */
const MENU_NAME = /^[\u4e00-\u9fff]{2}(?:中心|大厅|处|室|所|站|馆)$/;

function nameLine(line: Line, source: NameSource): NameCandidate[] {
  if (line.kind === 'table') return [];
  const [date] = findDates(line.text);
  const text = toPlain(withoutSpace(date ? line.text.slice(0, date.start) : line.text)).replace(
    /\((?:盖章|公章|印章)\)$/,
    '',
  );
  return isBodyName(text) && !MENU_NAME.test(text)
    ? [{ name: text, source, evidence: [lineEvidence(line, 0, line.text.length)] }]
    : [];
}

/** True for a line that is a date and nothing else, as under a signature. */
export function isDateLine(text: string): boolean {
  const bare = text.replace(/^[(（\s]+|[)）\s]+$/g, '');
  const [date] = findDates(bare);
  return date !== undefined && date.year !== null && bare.length - (date.end - date.start) <= 1;
}

function pageSources(document: Document, zones: Zones): NameCandidate[] {
  const printed = [
    ...zones.furniture,
    ...zones.opening,
    ...zones.all.filter((line) => line.kind === 'table'),
  ].flatMap((line) =>
    [...line.text.matchAll(SOURCE_LABEL)].flatMap((match) => {
      const name = cleanName(
        toPlain(match.groups?.['name'] ?? '').replace(
          /(?:发布|公开|发文|生成)?(?:日期|时间)$|(?:浏览|点击|阅读|作者|字体|字号|编辑).*$/,
          '',
        ),
      );
      return name
        ? [
            {
              name,
              source: 'page' as const,
              evidence: [lineEvidence(line, match.index, match.index + match[0].length)],
            },
          ]
        : [];
    }),
  );
  const named = Object.entries(document.properties).flatMap(([key, text]) => {
    const name = SOURCE_PROPERTIES.test(key) ? cleanName(toPlain(withoutSpace(text))) : null;
    return name ? [{ name, source: 'page' as const, evidence: [] }] : [];
  });
  return [...printed, ...named];
}

function formUnits(zones: Zones): NameCandidate[] {
  return zones.all.flatMap((line) => {
    const match = FILLED_IN_BY.exec(toPlain(withoutSpace(line.text)));
    const name = match ? longestBodyName(match.groups?.['name'] ?? '') : null;
    return name
      ? [{ name, source: 'form' as const, evidence: [lineEvidence(line, 0, line.text.length)] }]
      : [];
  });
}

/** Names with which the report's first sentences begin: 2023年，山东省人民政府办公厅以…. */
function firstSentences(zones: Zones): NameCandidate[] {
  return [...zones.opening, ...zones.firstSection].flatMap((line) => {
    const plain = toPlain(withoutSpace(line.text));
    // 省政府办公厅： is who is written to.
    if (plain.endsWith(':') && plain.length <= MAX_NAME) return [];
    const sentences = plain.split('。').slice(0, SENTENCES_A_LINE);
    const name = sentences.map(subjectOf).find((subject) => subject !== null);
    return name
      ? [{ name, source: 'opening' as const, evidence: [lineEvidence(line, 0, line.text.length)] }]
      : [];
  });
}

/** The subject may stand behind a run-in heading: so many sentences of a line are tried. */
const SENTENCES_A_LINE = 2;

/** The body's name with which a sentence begins, after its year, or null. */
function subjectOf(sentence: string): string | null {
  const plain = sentence.replace(BEFORE_FIRST_SENTENCE, '');
  const run = /^[\u4e00-\u9fff]{3,60}/.exec(plain)?.[0] ?? '';
  for (let length = 3; length <= Math.min(run.length, MAX_NAME); length++) {
    const name = run.slice(0, length);
    // 市政府办公室 is an office of its own.
    if (name.endsWith('政府') && plain.startsWith('办公', length)) continue;
    if (plain.length > length && FOLLOWS_NAME.test(plain.slice(length, length + 4)) && isBodyName(name)) {
      return cleanName(name);
    }
  }
  return null;
}

function mentions(zones: Zones): NameCandidate[] {
  const passage = toPassage(zones.body.slice(0, MENTION_LINES));
  const plain = passage.plain.slice(0, MENTION_WINDOW);
  return mentionedNames(plain).map(({ name, site }) => {
    const start = plain.indexOf(name);
    const source: NameSource = site ? 'site' : 'mention';
    return { name, source, evidence: passageEvidence(passage, start, start + name.length) };
  });
}

/** Lines of a document searched for names mentioned in passing. */
const MENTION_LINES = 400;
