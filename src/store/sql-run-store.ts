import { Kysely, sql, type Dialect } from 'kysely';
import { AppError } from '../errors/app-error.js';
import type { Clock } from '../ports/clock.js';
import type { BrowseStore } from '../ports/browse-store.js';
import type { Batch, DocumentFilter, PageRequest, RunStore } from '../ports/run-store.js';
import { admit, openBatch, requestRuns } from './admit.js';
import { finishRuns, type Finish } from './finish-runs.js';
import type { PreparedFilter } from './filters.js';
import { inGroups } from './in-groups.js';
import { migrate, type Engine } from './migrations.js';
import { prepareFilter } from './prepare-filter.js';
import * as browse from './browse.js';
import * as read from './read.js';
import { candidates, readingsOfReport } from './reports.js';
import * as review from './review.js';
import { listReviewDocuments } from './review-documents.js';
import { toDeadLetter } from './rows.js';
import type { Schema } from './schema.js';
import { storeStats } from './stats.js';
import { storeStatus } from './status.js';
import { startRuns, type Start } from './start-runs.js';
import * as work from './work.js';

/** Jobs of one worker that start or end in the same moment share a transaction. */
const RUNS_A_GROUP = 16;

/** Opens a RunStore over a database and brings its schema up to date. Errors: STORE_UNAVAILABLE, CONFIG_INVALID. */
export async function openSqlRunStore(dialect: Dialect, engine: Engine, clock: Clock): Promise<RunStore> {
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, engine);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return sqlRunStore(db, engine, clock);
}

function sqlRunStore(db: Kysely<Schema>, engine: Engine, clock: Clock): RunStore {
  const start = inGroups((starts: readonly Start[]) => startRuns(db, engine, starts), {
    most: RUNS_A_GROUP,
    keyOf: ({ runKey }) => runKey,
  });
  const finish = inGroups((finishes: readonly Finish[]) => finishRuns(db, engine, clock, finishes), {
    most: RUNS_A_GROUP,
    keyOf: (one) => one.work.document.sha256,
  });
  const prepared = (filter: DocumentFilter) => prepareFilter(db, engine, filter);
  return {
    admit: (documents, order) => admit(db, clock, documents, order),
    request: (documentIds, order) => requestRuns(db, clock, documentIds, order),
    batch: async (name) => firstBatch(await read.batches(db, await openBatch(db, clock, name))),
    pending: (queue, page) => work.pendingRuns(db, queue, page),
    countPending: (queue) => work.countPending(db, queue),
    start: (runKey, worker, isGone) => start({ runKey, worker, isGone }),
    handBack: (runKey) => work.handBack(db, runKey),
    withdraw: (started, successor) => work.withdraw(db, started, successor),
    finish: (started, finished) => finish({ work: started, finished }),
    setAside: (letter) => work.setAside(db, letter),
    run: (runKey) => read.findRun(db, runKey),
    runsOf: (sha256) => read.runsOf(db, sha256),
    findDocuments: (name) => read.findDocuments(db, name),
    documents: (ids) => read.documentsById(db, ids),
    documentIds: async (filter, page) => read.documentIds(db, await prepared(filter), page),
    current: async (filter, page) => read.currentRecords(db, await prepared(filter), page),
    candidates: async (filter, page) => candidates(db, await prepared(filter), page),
    readingsOfReport: (report) => readingsOfReport(db, report),
    batches: () => read.batches(db),
    pairs: (batchA, batchB, page) => read.pairs(db, batchA, batchB, page),
    status: () => storeStatus(db, clock),
    reviewItems: (filter, page) => read.reviewItems(db, filter, page),
    correct: (correction) => review.correct(db, engine, correction),
    corrections: (sha256) => read.correctionsOf(db, sha256),
    deadLetters: (page) => deadLetters(db, page),
    deadLetter: async (runKey) => (await deadLetters(db, { after: null, limit: 1 }, runKey))[0] ?? null,
    revive: (runKey, priority) => work.revive(db, clock, runKey, priority),
    ...browsing(db, clock, prepared),
    settle: (correction, follows, reading) => review.settle(db, engine, correction, follows, reading),
    retract: (sha256, correctionId, author) =>
      review.retract(db, engine, clock, { sha256, correctionId, author }),
    answers: (sha256) => review.answers(db, sha256),
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

function browsing(
  db: Kysely<Schema>,
  clock: Clock,
  prepared: (filter: DocumentFilter) => Promise<PreparedFilter>,
): BrowseStore {
  return {
    listDocuments: async (filter, sort, page) => browse.listDocuments(db, await prepared(filter), sort, page),
    listReviewDocuments: (filter, page) => listReviewDocuments(db, filter, page),
    listReviewItems: (filter, page) => review.listReviewItems(db, filter, page),
    currentRunOf: (sha256) => browse.currentRunOf(db, sha256),
    deadLetterOf: (sha256) => browse.deadLetterOf(db, sha256),
    openItemsOf: (sha256) => review.openItemsOf(db, sha256),
    reviewSummary: (filter) => review.reviewSummary(db, filter),
    listAgencies: (part, page) => browse.listAgencies(db, part, page),
    findAgency: (idOrName) => browse.findAgency(db, idOrName),
    documentIdsOfAgency: (agencyId, limit) => browse.documentIdsOfAgency(db, agencyId, limit),
    stats: () => storeStats(db, clock),
  };
}

async function deadLetters(db: Kysely<Schema>, { after, limit }: PageRequest, runKey?: string) {
  const rows = await db
    .selectFrom('dead_letters')
    .selectAll()
    .$if(runKey !== undefined, (query) => query.where('run_key', '=', runKey ?? ''))
    .$if(after !== null, (query) => query.where('run_key', '>', after ?? ''))
    .orderBy('run_key')
    .limit(limit)
    .execute();
  return rows.map(toDeadLetter);
}

function firstBatch(list: readonly Batch[]): Batch {
  const [batch] = list;
  if (!batch) throw new AppError('INVARIANT_BROKEN', 'A batch was made and is not there.');
  return batch;
}
