import type { Translate } from '../i18n/translate.js';
import { formatNumber } from './cells.js';
import type { IdentityNow } from './identities.js';
import type { FieldName } from './layout.js';

/** Longer lists of parts are named by their first two and their number. */
const PARTS_NAMED = 3;
const LONGEST_PART = 8;

/** An identity as a person would write it: `自然人 + 商业企业 + … = 总计`, by columns in a row and by rows in a column. */
export function nameIdentity(
  { left, right }: Pick<IdentityNow, 'left' | 'right'>,
  names: ReadonlyMap<string, FieldName>,
  t: Translate,
): string {
  const isRow = isInOneRow({ left, right }, names);
  const partOf = (key: string): string => {
    const name = names.get(key);
    if (!name) return key;
    return shorten(isRow ? name.column : name.row);
  };
  return `${join(left.map(partOf), t)} = ${join(right.map(partOf), t)}`;
}

/** Both sums of an identity, and whether they are the same. */
export function describeSums({ leftSum, rightSum, state }: IdentityNow): string {
  const [left, right] = [leftSum, rightSum].map((sum) => (sum === null ? '–' : formatNumber(sum)));
  if (state === 'holds') return `${left} = ${right} ✓`;
  return state === 'fails' ? `${left} ≠ ${right} ✗` : `${left} ? ${right}`;
}

/** Where an identity adds up: the row that it stays in, or the column. */
export function placeOfIdentity(
  { left, right }: Pick<IdentityNow, 'left' | 'right'>,
  names: ReadonlyMap<string, FieldName>,
): string {
  const first = names.get(right[0] ?? '');
  if (!first) return '';
  return isInOneRow({ left, right }, names) ? shorten(first.row) : first.column;
}

/** True for the sum of a row, false for that of a column. */
export function isInOneRow(
  { left, right }: Pick<IdentityNow, 'left' | 'right'>,
  names: ReadonlyMap<string, FieldName>,
): boolean {
  return new Set([...left, ...right].map((key) => names.get(key)?.row)).size === 1;
}

function join(parts: readonly string[], t: Translate): string {
  const [first = '', second = ''] = parts;
  if (parts.length <= PARTS_NAMED) return parts.join(' + ');
  return t('identity.and', { first, second, count: parts.length });
}

/** A label without its number and what stands in brackets; long ones are cut. */
function shorten(label: string): string {
  const bare = label
    .replace(/^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])/, '')
    .replace(/[（(].*$/, '');
  const name = bare === '' ? label : bare;
  return name.length > LONGEST_PART ? `${name.slice(0, LONGEST_PART)}…` : name;
}
