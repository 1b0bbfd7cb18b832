import { sql, type Kysely } from 'kysely';
import type { DeadLetter, QueueName } from '../model/run.js';
import { isoNow, type Clock } from '../ports/clock.js';
import type { PageRequest, PendingRun, Work } from '../ports/run-store.js';
import { toPriority, toQueue } from './rows.js';
import type { Schema } from './schema.js';

/** See IntakeStore.handBack. */
export async function handBack(db: Kysely<Schema>, runKey: string): Promise<void> {
  await db
    .updateTable('requests')
    .set((row) => ({ starts: row('starts', '-', 1), worker: null }))
    .where('run_key', '=', runKey)
    .where('starts', '>', 0)
    .execute();
}

/** See IntakeStore.withdraw. */
export async function withdraw(db: Kysely<Schema>, work: Work, successor: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('batch_items')
      .set({ run_key: successor })
      .where('run_key', '=', work.runKey)
      .execute();
    await tx.deleteFrom('requests').where('run_key', '=', work.runKey).execute();
  });
}

/** See IntakeStore.setAside. */
export async function setAside(db: Kysely<Schema>, letter: DeadLetter): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const request = await tx
      .deleteFrom('requests')
      .where('run_key', '=', letter.runKey)
      .returning(['extractor_version', 'settings_hash', 'queue'])
      .executeTakeFirst();
    if (!request) return;
    await tx
      .insertInto('dead_letters')
      .values({
        run_key: letter.runKey,
        sha256: letter.sha256,
        document_id: letter.documentId,
        ...request,
        code: letter.code,
        message: letter.message,
        tries: letter.tries,
        worker: letter.worker,
        died_at: letter.diedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** See ReviewStore.revive. */
export async function revive(
  db: Kysely<Schema>,
  clock: Clock,
  runKey: string,
  priority: PendingRun['priority'],
): Promise<PendingRun | null> {
  return db.transaction().execute(async (tx) => {
    const letter = await tx
      .deleteFrom('dead_letters')
      .where('run_key', '=', runKey)
      .returningAll()
      .executeTakeFirst();
    if (!letter) return null;
    const request = {
      run_key: runKey,
      sha256: letter.sha256,
      document_id: letter.document_id,
      extractor_version: letter.extractor_version,
      settings_hash: letter.settings_hash,
      priority,
      queue: letter.queue,
      starts: 0,
      worker: null,
      requested_at: isoNow(clock),
    };
    await tx
      .insertInto('requests')
      .values(request)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { runKey, priority, queue: toQueue(letter.queue), requestedAt: request.requested_at };
  });
}

/** See IntakeStore.pending. */
export async function pendingRuns(
  db: Kysely<Schema>,
  queue: QueueName,
  { after, limit }: PageRequest,
): Promise<PendingRun[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['run_key', 'priority', 'requested_at'])
    .where('queue', '=', queue)
    .$if(after !== null, (query) => query.where('run_key', '>', after ?? ''))
    .orderBy('run_key')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    runKey: row.run_key,
    priority: toPriority(row.priority),
    queue,
    requestedAt: row.requested_at,
  }));
}

/** See IntakeStore.countPending. */
export async function countPending(db: Kysely<Schema>, queue: QueueName): Promise<number> {
  const count = sql<number>`count(*)`.as('count');
  return (await db.selectFrom('requests').select(count).where('queue', '=', queue).executeTakeFirstOrThrow())
    .count;
}
