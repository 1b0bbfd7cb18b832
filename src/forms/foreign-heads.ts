import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import type { FormColumn } from './form.js';
import { headRows, headTexts } from './head-order.js';
import { prepareText } from './match-label.js';

/** Settings of the search for heads that name other columns than the form's. */
const FOREIGN_SETTINGS = {
  /** A table of fewer columns has too few heads to tell by. */
  fewestColumns: 3,
  /** Of the columns, so many have to be named otherwise. */
  share: 0.5,
  /** Words that name a column, in characters; what is shorter is a unit or a piece, what is longer a remark. */
  shortest: 2,
  longest: 10,
} as const;

/** What stands at the left of heads, or above several of them, without being the name of a column. */
const NO_COLUMN =
  /组织|信息内容|事项|项目|类别|类型|类目|指标|情形|内容|名称|单位|序号|编号|栏次|行次|统计|数量|公开|第.+[条项]/;

/**
 * Whether a block's columns are named as no column of the form is: departments, quarters or years where the form has
 * kinds of applicants. Their numbers add up as well, so that only the heads tell. A head counts that has no two
 * characters side by side in common with any wording of the columns, so that pieces of heads and mistyped ones do not.
 */
export function areForeign(
  above: readonly EvidenceRow[],
  first: EvidenceRow | undefined,
  columns: readonly FormColumn[],
): boolean {
  if (columns.length < FOREIGN_SETTINGS.fewestColumns) return false;
  const texts = [
    ...headRows(above).flatMap(headTexts),
    ...(first && !hasColumns(first) ? headTexts(first) : []),
  ];
  const names = [...new Set(texts.map(({ text }) => prepareText(text).bare))].filter((name) => name !== '');
  const own = names.filter((name) => sharesPiece(name, wordingsOf(columns)));
  const foreign = names.filter((name) => isName(name) && !own.includes(name) && !sharesPiece(name, CORNER));
  return foreign.length > own.length && foreign.length >= columns.length * FOREIGN_SETTINGS.share;
}

function isName(bare: string): boolean {
  return (
    bare.length >= FOREIGN_SETTINGS.shortest &&
    bare.length <= FOREIGN_SETTINGS.longest &&
    /\p{Script=Han}/u.test(bare) &&
    !NO_COLUMN.test(bare)
  );
}

/** What the forms print in the corner of tables and above their heads. */
const CORNER = [
  '本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和',
  '申请人情况',
  '法人或其他组织',
];

function wordingsOf(columns: readonly FormColumn[]): string[] {
  return columns.flatMap(({ labels }) => labels.map((label) => prepareText(label).bare));
}

/** Whether two characters that stand side by side in a name do so in one of the wordings. */
function sharesPiece(name: string, wordings: readonly string[]): boolean {
  return Array.from({ length: Math.max(0, name.length - 1) }, (_, i) => name.slice(i, i + 2)).some((piece) =>
    wordings.some((wording) => wording.includes(piece)),
  );
}
