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
