import type { FormRow } from './form.js';

/** Caption of a block of table two: the item of article 20 of the 条例 whose numbers follow. */
export function article20(item: string): FormRow {
  return { kind: 'caption', key: '', labels: [`第二十条第（${item}）项`], unit: '件' };
}

/** A row of table two, named for what is counted. */
export function content(key: string, ...labels: string[]): FormRow {
  return { kind: 'data', key, labels, unit: '件' };
}
