import { fold, numberingOf } from '../../text/fold.js';
import { parseCell } from '../../text/parse-number.js';

/** What a cell's text looks like, for telling the label part of a row from its values. */
export type CellKind = 'blank' | 'number' | 'mark' | 'label';

/** Sorts a cell's text by `parseCell`: a number, a mark such as `/`, nothing, or a label. */
export function cellKind(text: string): CellKind {
  const kind = parseCell(text).kind;
  return kind === 'text' ? 'label' : kind;
}

/** A number or a mark: something a value cell holds. */
export function isValue(text: string): boolean {
  const kind = cellKind(text);
  return kind === 'number' || kind === 'mark';
}

/** True where a label starts with numbering of its own (一、 （三） 4. 其中：), so that it starts a label. */
export function startsLabel(text: string): boolean {
  return numberingOf(fold(text)) !== '' || /^(?:其中|\(?[一二三四五六七八九十]+\))/.test(fold(text));
}

const SECTION_CORES = [
  '总体(?:工作|落实)?情况',
  '主动公开(?:政府|政务)?信息的?(?:情况|详情)',
  '收到(?:和|与|、)?处理[^。;0-9]{0,14}申请[^。;0-9]{0,8}',
  '政府信息公开申请接收与办理情况',
  '行政复议[^。;0-9]{0,6}行政诉讼[^。;0-9]{0,10}情况',
  '存在的?(?:主要)?问题[^。;0-9]{0,14}',
  '其他(?:需要)?报告的?事项',
  '其他事项',
];
const SECTION = new RegExp(`^.{0,24}(?:${SECTION_CORES.join('|')})[^。;]{0,6}$`);
const LONGEST_HEADING = 44;

/** True for the title of one of a report's sections (三、收到和处理政府信息公开申请情况), with or without its number. */
export function isSectionTitle(text: string): boolean {
  const folded = fold(text).replace(/^[#*_]+|[*_]+$/g, '');
  return folded.length <= LONGEST_HEADING && SECTION.test(folded) && !isValue(folded.slice(-1));
}

const REPORT_TITLE = /^\S{0,40}(?:19|20)\d{2}年\S{0,12}信息公开\S{0,8}(?:报告|年报)$/;

/** True for the title of a report of a year (某某县2021年政府信息公开工作年度报告). */
export function isReportTitle(text: string): boolean {
  return REPORT_TITLE.test(fold(text));
}

const SENTENCE_END = /[。！？；]/;
const LONGEST_LABEL = 60;
const SHORTEST_CLAUSES = 26;

/** Running text: a sentence, or clauses too long for a cell. A remark in brackets does not make a label prose. */
export function isProse(text: string): boolean {
  const bare = text.replace(/[（(][^（()）]*[)）]/g, '').trim();
  if (SENTENCE_END.test(bare)) return true;
  const folded = fold(bare);
  return (
    folded.length > LONGEST_LABEL ||
    (folded.length > SHORTEST_CLAUSES && /[，,:：].*[，,]/.test(bare) && !/\d,\d{3}/.test(bare))
  );
}

/** Column heads of the official forms, whole. */
const HEAD =
  /^(?:\(?本列数据的.*|信息内容|第二十条第?\(.\)项|采购(?:项目数量|总金额)|本年(?:制发件数|废止件数|新制作数量|新公开数量|处理决定数量|增\/减|收费金额.*)|现行有效件数|对外公开总数量|上一年项目数量|处理决定数量|申请人情况|自然人|法人或其他组织|商业企业|科研机构|社会(?:公益)?组织|法律服务机构|其他(?:结果)?|总计|合计|行政(?:复议|诉讼)|结果(?:维持|纠正)|尚未审结|未经复议直接起诉|复议后起诉|统计指标|单位|统计数)$/;

/** Labels of rows in the official forms, whole, as they stand where their numbers are lost or they have none. */
const STUB =
  /^(?:规章|(?:行政)?规范性文件|行政(?:许可|处罚|强制|事业性收费)|其他对外管理服务事项|政府集中采购|制发规范性文件总数|涉及商业秘密|涉及个人隐私|危及国家安全.*|不是《条例》.*|法律法规规定的其他情形|属于国家秘密|其他法律(?:行政)?法规禁止公开|危及"?三安全一稳定"?|保护第三方合法权益|属于(?:三类内部事务|四类过程性)信息|属于行政(?:执法案卷|查询事项)|本机关不掌握相关政府信息|没有现成信息需要另行制作|补正后申请内容仍不明确|信访举报投诉类申请|重复申请|要求提供公开出版物|无正当理由大量反复申请|要求行政机关确认或重新出具已获取信息|(?:申请人无正当理由)?逾期不补正.*|申请人逾期未按收费.*)$/;

/** True for a label of the official forms that is complete as it stands. */
export function isWholeLabel(text: string): boolean {
  const folded = fold(text);
  return HEAD.test(folded) || STUB.test(folded);
}

/** True where a text starts a cell of its own: it is numbered, or a label that stands alone. */
export function opensCell(text: string): boolean {
  return startsLabel(text) || isWholeLabel(text);
}

/** True where a text starts the label of a row that holds values: numbered, or a stub without a number. */
export function opensRow(text: string): boolean {
  return startsLabel(text) || STUB.test(fold(text));
}

/** Nothing but numbering (`3.`, `（`, `（七）`): the label itself follows. */
export function isOnlyNumbering(text: string): boolean {
  return (
    /^\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?[).、,]{0,2}$/.test(fold(text)) &&
    /[().、,]/.test(fold(text))
  );
}
