import type { Break } from './break.js';
import { LABEL_BREAKS } from './break-labels.js';
import { ROW_BREAKS } from './break-rows.js';
import { TABLE_BREAKS } from './break-tables.js';
import { VALUE_BREAKS } from './break-values.js';

/** Every way to break a report, in the order in which several of them are applied: contents, rows, labels, tables. */
export const BREAKS: readonly Break[] = [...VALUE_BREAKS, ...ROW_BREAKS, ...LABEL_BREAKS, ...TABLE_BREAKS];

/** The breaks of these names; throws RangeError for a name there is none of. */
export function breaksNamed(names: readonly string[]): Break[] {
  return names.map((name) => {
    const found = BREAKS.find((candidate) => candidate.name === name);
    if (!found) throw new RangeError(`no break is called ${name}`);
    return found;
  });
}
