import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { GongkaiRecord } from '../model/record.js';
import { foldForSearch, gramsAskedFor, gramsOf } from '../text/search-words.js';
import { contains } from './contains.js';
import type { Engine } from './migrations.js';
import type { Schema } from './schema.js';

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** A source and its words, folded (text/search-words.ts). */
export interface SourceText {
  readonly sha256: string;
  readonly text: string;
}

/** The sources that hold the words searched for; where they are many, each document is better looked at on its way. */
export type WordsFound =
  | { readonly kind: 'few'; readonly sources: readonly string[] }
  | { readonly kind: 'many'; readonly holds: RawBuilder<boolean> };

/** More sources than these hold common words: a page of documents is full long before all are known. */
const FEW_SOURCES = 2_000;
const RUNS_A_STEP = 200;

/** Keeps the words of sources in place of those that were kept before. */
export async function keepTexts(tx: Tx, engine: Engine, texts: readonly SourceText[]): Promise<void> {
  if (texts.length === 0) return;
  if (engine === 'sqlite') for (const one of texts) await keepInSqlite(tx, one);
  else await keepInPostgres(tx, texts);
}

async function keepInPostgres(tx: Tx, texts: readonly SourceText[]): Promise<void> {
  const rows = texts.map(({ sha256, text }) => ({ sha256, body: text, grams: gramsOf(text) }));
  await tx
    .insertInto('texts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('sha256').doUpdateSet((row) => ({
        body: row.ref('excluded.body'),
        grams: row.ref('excluded.grams'),
      })),
    )
    .execute();
}

async function keepInSqlite(tx: Tx, { sha256, text }: SourceText): Promise<void> {
  const { id: rowid } = await tx
    .insertInto('texts')
    .values({ sha256, body: text })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ body: text }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.deleteFrom('text_grams').where('rowid', '=', rowid).execute();
  await tx
    .insertInto('text_grams')
    .values({ rowid, grams: gramsOf(text).map(toWord).join(' ') })
    .execute();
}

/** A gram as a word that FTS5 takes whole. */
function toWord(gram: number): string {
  return (gram >>> 0).toString(16);
}

/** Looks for words in the texts of all sources: for their grams in the index first, then for the words as they are. */
export async function findWords(db: Db, engine: Engine, words: string): Promise<WordsFound> {
  const folded = foldForSearch(words);
  if (folded === '') return { kind: 'few', sources: [] };
  const holdsWords = contains('texts.body', folded);
  const candidates = await findCandidates(db, engine, gramsAskedFor(folded));
  if (candidates.length === 0) return { kind: 'few', sources: [] };
  if (candidates.length <= FEW_SOURCES) {
    const rows = await db
      .selectFrom('texts')
      .select('sha256')
      .where('sha256', 'in', candidates)
      .where(holdsWords)
      .execute();
    return { kind: 'few', sources: rows.map(({ sha256 }) => sha256) };
  }
  // Asked for one document at a time: as a plain subquery, PostgreSQL might find all that hold the words first.
  const holds = sql<boolean>`coalesce((select true from texts where texts.sha256 = documents.sha256
    and ${holdsWords} limit 1), false)`;
  return { kind: 'many', holds };
}

/** Sources whose texts hold all grams, one more than few at the most. */
async function findCandidates(db: Db, engine: Engine, grams: readonly number[]): Promise<string[]> {
  const most = FEW_SOURCES + 1;
  if (engine === 'sqlite') {
    const all = grams.map(toWord).join(' ');
    const holdsGrams = sql<boolean>`texts.id in (select rowid from text_grams where text_grams match ${all})`;
    const found = await db.selectFrom('texts').select('sha256').where(holdsGrams).limit(most).execute();
    return found.map(({ sha256 }) => sha256);
  }
  return db.transaction().execute(async (tx) => {
    // Where many are to be expected, PostgreSQL would unpack text after text instead of asking its index.
    await sql`set local enable_seqscan = off`.execute(tx);
    const holdsGrams = sql<boolean>`texts.grams @> ${[...grams]}::integer[]`;
    const found = await tx.selectFrom('texts').select('sha256').where(holdsGrams).limit(most).execute();
    return found.map(({ sha256 }) => sha256);
  });
}

/**
 * Fills the words of runs that were kept before there were any: title and sections are all that their records hold of the
 * text. Reading a document again brings the rest.
 */
export async function fillTexts(tx: Tx, engine: Engine): Promise<void> {
  for (let after = ''; ;) {
    const rows = await tx
      .selectFrom('sources')
      .innerJoin('runs', 'runs.run_key', 'sources.current_run')
      .select(['sources.sha256', 'runs.record'])
      .where('sources.sha256', '>', after)
      .orderBy('sources.sha256')
      .limit(RUNS_A_STEP)
      .execute();
    const texts = rows.map(({ sha256, record }) => ({
      sha256,
      text: wordsOf(JSON.parse(record) as GongkaiRecord),
    }));
    await keepTexts(tx, engine, texts);
    const last = rows.at(-1);
    if (!last) return;
    after = last.sha256;
  }
}

function wordsOf({ meta, sections }: GongkaiRecord): string {
  const parts = sections.flatMap(({ heading, text }) => [heading, text]);
  return foldForSearch([String(meta.title?.value ?? ''), ...parts].join('\n'));
}
