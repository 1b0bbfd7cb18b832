import { type EvidenceRow, hasColumns } from './evidence-rows.js';
import type { FormColumn } from './form.js';
import { prepareText } from './match-label.js';
import { isValueLike, type Slot } from './slot.js';

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
  /申请人|法人|组织|勾稽|信息内容|事项|项目|类别|类型|类目|指标|情形|内容|名称|单位|序号|编号|栏次|行次|统计|数量|公开/;

/**
 * Whether a block's columns are named as no column of the form is: departments, quarters or years where the form has
 * kinds of applicants. Their numbers add up as well, so that only the heads tell. A head counts that has no two
 * characters side by side in common with any wording of the columns, so that pieces of heads and mistyped ones do not.
 */
export function areForeign(
  above: readonly EvidenceRow[],
  first: EvidenceRow | undefined,
  columns: readonly FormColumn[],
  found: number,
): boolean {
  if (columns.length < FOREIGN_SETTINGS.fewestColumns) return false;
  const texts = [...above.flatMap(headTexts), ...(first && !hasColumns(first) ? headTexts(first) : [])];
  const names = new Set(texts.map(({ text }) => prepareText(text).bare));
  const foreign = [...names].filter((name) => isName(name) && !sharesPiece(name, columns)).length;
  return foreign > found && foreign >= columns.length * FOREIGN_SETTINGS.share;
}

/** The words of a row of heads, and those before the label of a row that its heads ran into. */
function headTexts({ slots }: EvidenceRow): readonly Slot[] {
  const texts = slots.filter((slot) => !isValueLike(slot) && !slot.isUnit);
  return slots.some((slot) => isValueLike(slot) && slot.parsed.kind !== 'blank') ? texts.slice(0, -1) : texts;
}

function isName(bare: string): boolean {
  return (
    bare.length >= FOREIGN_SETTINGS.shortest &&
    bare.length <= FOREIGN_SETTINGS.longest &&
    /\p{Script=Han}/u.test(bare) &&
    !NO_COLUMN.test(bare)
  );
}

function sharesPiece(name: string, columns: readonly FormColumn[]): boolean {
  const wordings = columns.flatMap(({ labels }) => labels.map((label) => prepareText(label).bare));
  return Array.from({ length: name.length - 1 }, (_, i) => name.slice(i, i + 2)).some((piece) =>
    wordings.some((wording) => wording.includes(piece)),
  );
}
