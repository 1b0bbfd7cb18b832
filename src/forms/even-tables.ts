import type { ColumnAssignment } from './assign-columns.js';
import type { EvidenceRow } from './evidence-rows.js';

/** Settings of the trust in rows that show all their cells. */
const EVEN_SETTINGS = {
  /** So many rows at least, and such a share of all, hold just as many cells as their columns. */
  fewestRows: 4,
  evenShare: 0.9,
  /** How sure the cells of such a table are, where its source shows no columns. */
  confidence: 0.95,
} as const;

/** A row of the form with the printed row and the cells found for it. */
export interface FilledLine {
  readonly keys: readonly string[];
  readonly printed: EvidenceRow | null;
  readonly assignment: ColumnAssignment | null;
}

/**
 * Lines with more trust in tables without columns where nearly every row holds as many cells as it has columns, blank
 * ones among them: no cell was lost there, so that counting the cells is sure.
 */
export function trustEvenTables<T extends FilledLine>(lines: readonly T[]): T[] {
  const counts = new Map<number, { rows: number; even: number }>();
  for (const { keys, printed, assignment } of lines) {
    if (!printed || !assignment) continue;
    const count = counts.get(printed.table) ?? { rows: 0, even: 0 };
    counts.set(printed.table, count);
    count.rows++;
    if (assignment.values.length === keys.length) count.even++;
  }
  return lines.map((line) => {
    const { printed } = line;
    const count = printed && counts.get(printed.table);
    if (!count || printed.geometry === 'aligned' || printed.geometry === 'exact') return line;
    const isEven =
      count.even >= EVEN_SETTINGS.fewestRows && count.even >= count.rows * EVEN_SETTINGS.evenShare;
    const tableConfidence = Math.max(printed.tableConfidence, EVEN_SETTINGS.confidence);
    return isEven ? { ...line, printed: { ...printed, tableConfidence } } : line;
  });
}
