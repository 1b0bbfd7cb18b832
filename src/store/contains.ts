import { sql } from 'kysely';

/** Part of a text, whatever marks it holds: `%` and `_` mean themselves. */
export function contains(column: string, part: string) {
  const pattern = `%${part.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
