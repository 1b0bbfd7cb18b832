/**
 * What kind of body a name names. A government and its office are different bodies that both report
 * (FORMS.md 6.9); all other kinds are told apart by their last word.
 */
export type BodyKind = 'government' | 'government_office' | 'other';

const HAN = '[\\u4e00-\\u9fff〇·]';

/** Last words of bodies' names, longer ones first where one ends in another. */
const SUFFIX = [
  '人民政府办公厅',
  '人民政府办公室',
  '政府办公厅',
  '政府办公室',
  '人民政府',
  '管理委员会',
  '工作委员会',
  '委员会',
  '管委会',
  '党工委',
  '街道办事处',
  '办事处',
  '行政公署',
  '行署',
  '政府办',
  '政府',
  '办公厅',
  '办公室',
  '海关',
  '分局',
  '总局',
  '局',
  '厅',
  '部',
  '署',
  '委',
  '法院',
  '检察院',
  '研究院',
  '卫生院',
  '医院',
  '学院',
  '院',
  '大学',
  '学校',
  '中学',
  '小学',
  '幼儿园',
  '职业技术学校',
  '集团',
  '公司',
  '总队',
  '支队',
  '大队',
  '中心',
  '总站',
  '站',
  '所',
  '总社',
  '社',
  '联合会',
  '协会',
  '学会',
  '总会',
  '理事会',
  '基金会',
  '红十字会',
  '科协',
  '残联',
  '妇联',
  '银行',
  '分行',
  '支行',
  '参事室',
  '研究室',
  '馆',
  '处',
  '室',
  '街道',
  '镇',
  '乡',
  '苏木',
  '农场',
  '林场',
  '保护区',
  '开发区',
  '高新区',
  '园区',
  '新区',
  '管理区',
  '示范区',
  '度假区',
  '矿区',
  '兵团',
  '集团军',
  '师',
  '团场',
  '电视台',
  '报社',
  '出版社',
].join('|');

const ENDS_AS_BODY = new RegExp(`(?:${SUFFIX})(?:\\([\\u4e00-\\u9fff、]{2,20}\\))?$`);

/** Names of places that report as governments: 福州市晋安区, 西牛镇, 舒兰市. */
const PLACE_END = /(?:省|自治区|市|自治州|州|地区|盟|自治县|县|自治旗|旗|区|镇|乡|苏木)$/;
const NOT_A_GOVERNMENT_PLACE =
  /(?:开发区|高新区|园区|管理区|示范区|度假区|矿区|保护区|试验区|街区|校区|港区|合作区|保税区|集聚区|产业区|工业区|关区|旅游区|景区|风景区|实验区)$/;

const PLACE = `(?:${HAN}{1,8}?(?:特别行政区|自治区|自治州|自治县|自治旗|新技术开发区|开发区|高新区|新区|省|市|州|地区|盟|县|旗|区|镇|乡|街道))`;
const LEADING_PLACE = new RegExp(`^${PLACE}+`);

/** Words that stand before a name in a sentence and are no part of it. */
const WORDS_BEFORE =
  /^(?:标题|(?:年度)?(?:报告|年报)由?|机构|单位|部门|的|在|依托|借助|利用|登陆|访问|加快|深化|指导|组织|配合|会同|联合|协助|支持|参与|报送|接受|收到|针对|对于|作为|属于|位于|包括|涉及|不断|按照|按|(?:认真|切实|规范|全面|扎实)?做好|围绕|结合|推进|加强对?|加强|以及|及|向|把|从|经过|认真总结|总结|梳理|汇总|综合|中共|直接与|联系|反映|特|全国|现将|现|将|兹|特|向社会公布|向社会|公布|发布|公开|编制完成|编制|编写|由|经|是|为|对|与|和|请|就|在|关于|本年度|本|根据|按照|依据|依照|我国|全体|各|一是|二是|三是|截至|同时|其中|通过|登录|查询)+/;

/** Verbs behind which a name stands in a sentence, whatever leads up to them (依法按时完成…, 按时上传…); no place has them in its name. */
const VERBS_BEFORE =
  /^.*(?:完成|推出|上传|制定|推动|提高|提升|印发|出台|召开|举办|建立|健全|开通|开设|更新|发送|转发|转载|报请|提请|成为|确保|实现|保障|带动|促进|增强|优化|完善|修订|登载|刊登|刊发|涵盖|覆盖)(?:了|对)?(?:全(?=[省市县区州旗镇乡]))?(?=..)/;

/** Parts of a body that answer letters: no part of the reporting body's name. */
const INTERNAL_UNIT =
  /(?:(?:党政|综合|政策|秘书|政务|信息|法制|法规|行政|文电|宣传|人事|文秘|机关|监督|审批|督查|督察|业务|政工|党建)[\u4e00-\u9fff]{0,10}?(?:科|股|处|室|办公室|办|组|中心|部|委|局)|(?:政府|政务)信息公开.*|政务公开.*|信息公开.*|[\u4e00-\u9fff]{2,4}(?:科|股)(?:室)?|联系|咨询.*)$/;

/** Names that only stand in for one. */
const PRONOUN = /^(?:机关|单位|我|本|该|各|全|贵|上级|有关|相关|其他|同级|所属|下属|此|等)/;

/** Words that sentences hold and names do not; a body directly behind another is two. */
const NOT_IN_NAMES =
  /年度|工作(?!委员会)|情况|信息公开|政务公开|条例|规定|简称|网站|门户|设立|成立|专栏|栏目|下载|查阅|按照|根据|坚持|开展|贯彻|落实|推进|要求|为组长|各级|综合各|今年|去年|我[局委办厅院市县区省镇乡]|(?:办公室|局|厅)政府/;

/** True where the text (plain forms, no white space) ends as a body's name does and holds nothing a name cannot. */
export function isBodyName(text: string): boolean {
  if (text.length < 3 || text.length > 45 || PRONOUN.test(text)) return false;
  if (NOT_IN_NAMES.test(text)) return false;
  return /^[\u4e00-\u9fff〇·()、]+$/.test(text) && (ENDS_AS_BODY.test(text) || PLACE_END.test(text));
}

/** A name cut out of a sentence: without the words before it and the internal unit behind it, or null where none is left. */
export function cleanName(text: string): string | null {
  let name = text
    .replace(VERBS_BEFORE, '')
    .replace(WORDS_BEFORE, '')
    .replace(/^(?:(?:19|20)\d{2})?学?年(?:度)?[,、]?/, '')
    .replace(WORDS_BEFORE, '');
  name = name
    .replace(/(?<=[\u4e00-\u9fff]人民政府)(?:政府)?信息公开.*$/, '')
    .replace(/[的了]$/, '')
    .replace(/^.*的/, '')
    .replace(/^.*(?:政府|[省市县区旗]委|办公室|局)(?:及|和|与|、)(?=[\u4e00-\u9fff]{3})/, '');
  if (/^国务院(?:办公厅)?政府|^中华人民共和国政府/.test(name)) return null;
  for (let unit = INTERNAL_UNIT.exec(name); unit && unit.index >= 3; unit = INTERNAL_UNIT.exec(name)) {
    const rest = name.slice(0, unit.index);
    if (!ENDS_AS_BODY.test(rest)) break;
    name = rest;
  }
  name = name
    .replace(/(?<=[局厅委会署部院学])(?:党政|学校|综合)?办公[室厅]$/, '')
    .replace(/^中华人民共和国(?=..+人民政府)/, '');
  return isBodyName(name) ? name : null;
}

/** Which kind of body a name names; a place stands for its government. */
export function bodyKind(name: string): BodyKind {
  if (/政府办(?:公[厅室])?$/.test(name)) return 'government_office';
  if (/政府$|行政公署$|行署$/.test(name) || isGovernmentPlace(name)) return 'government';
  return 'other';
}

/** True for a place that has a people's government, and nothing more. */
export function isGovernmentPlace(name: string): boolean {
  return PLACE_END.test(name) && !NOT_A_GOVERNMENT_PLACE.test(name);
}

/** The place a name begins with (莆田市涵江区 of 莆田市涵江区教育局), or an empty string. */
export function leadingPlace(name: string): string {
  const place = LEADING_PLACE.exec(name)?.[0] ?? '';
  return place.length < name.length || isGovernmentPlace(name) ? place : '';
}

/** The full form of what is short by rule: a place is its government, 市政府 is 市人民政府, 政府办 is 人民政府办公室. */
export function expandName(name: string): string {
  let full = name.replace(/人民$/, '人民政府').replace(/海关关区$/, '海关');
  full = full
    .replace(/(?<=[省市县区旗州乡镇盟])政府(?=$|办公|办$)/, '人民政府')
    .replace(/政府办$/, '政府办公室');
  return isGovernmentPlace(full) ? `${full}人民政府` : full;
}

/**
 * True where `long` can be the full form of `short`: same kind of body, the characters of `short` in order (卫健委 in
 * 卫生健康委员会), one of them free to differ in longer names (高新区 for 新技术开发区), and no other body tucked in.
 */
export function isFullFormOf(long: string, short: string): boolean {
  if (long.length <= short.length || bodyKind(long) !== bodyKind(short) || !sameLastWord(long, short))
    return false;
  if (isSecondOfTwo(long, short)) return false;
  if (/分局|派出所|支队|大队/.test(long) && !/分局|派出所|支队|大队/.test(short)) return false;
  const missing = short.length - countInOrder(short, long);
  const extra = long.length - short.length;
  const allowed = short.length >= FREE_CHARACTER_FROM ? 1 : 0;
  return missing <= allowed && extra <= Math.max(MAX_EXTRA, short.length);
}

/** 某省委组织部某省财政厅: a body with its place behind another one, with which it signs. */
function isSecondOfTwo(long: string, short: string): boolean {
  const before = long.endsWith(short) ? long.slice(0, -short.length) : '';
  return leadingPlace(short) !== '' && ENDS_AS_BODY.test(before) && !PLACE_END.test(before);
}

/** Names of at least this many characters may differ from their full form in one. */
const FREE_CHARACTER_FROM = 7;

/** A full form may be longer than its short form by this many characters, or by as many as that has. */
const MAX_EXTRA = 14;

function sameLastWord(long: string, short: string): boolean {
  const last = short.at(-1) ?? '';
  if (long.endsWith(last)) return true;
  const full: readonly (readonly [RegExp, RegExp])[] = [
    [/委$/, /委员会$/],
    [/街道$/, /街道办事处$/],
    [/街$/, /街道办事处$/],
    [/办$/, /办公室$|办事处$/],
    [/区$/, /管理委员会$|管委会$/],
  ];
  return full.some(([shortEnd, longEnd]) => shortEnd.test(short) && longEnd.test(long));
}

/** How many characters of `short`, taken greedily, occur in `long` in order. */
function countInOrder(short: string, long: string): number {
  let at = 0;
  let count = 0;
  for (const char of short) {
    const next = long.indexOf(char, at);
    if (next < 0) continue;
    at = next + 1;
    count++;
  }
  return count;
}

/** A name met in passing; `site` where it only names a web site (天门市人民政府门户网站) or an address. */
export interface MentionedName {
  readonly name: string;
  readonly site: boolean;
}

/** Every body's name with a place in front that a text (plain forms) mentions, in printed order. */
export function mentionedNames(plain: string): MentionedName[] {
  return [...plain.matchAll(MENTION)].flatMap((match) => {
    const end = match.index + match[0].length;
    // 山东省|政府信息公开办法 is about information of governments.
    const name = /政府$/.test(match[0]) && plain.startsWith('信息', end) ? null : cleanName(match[0]);
    return name
      ? [{ name, site: /^(?:门户|官网|官方|网|"网|\((?!以下|简称))/.test(plain.slice(end, end + 3)) }]
      : [];
  });
}

/** A name starts where no Chinese character stands before it, or one of these words. */
const NAME_START =
  '(?<![\\u4e00-\\u9fff])|(?<=由|与|向|在|对|经|将|布|为|和|及|请|是|的|到|于|年(?=[^度])|据|照|合|托|好|系|联|了|以)';

const MENTION = new RegExp(
  `(?:${NAME_START})${PLACE}{1,3}${HAN}{0,18}?(?:${SUFFIX})(?!${HAN}{0,3}(?:局|委员会|厅|办公室|办事处|委|中心))`,
  'g',
);

/** True for a name that only says what kind of body it is (开发区管委会, 市政府), as many share it. */
export function isGenericName(name: string): boolean {
  return /^(?:经济|高新)?(?:技术)?(?:产业)?(?:开发区|园区|新区|高新区|管理区)?(?:管委会|管理委员会)$|^[省市县区州旗镇乡](?:委[省市县区州旗])?(?:人民)?政府$/.test(
    name,
  );
}
