import type { GongkaiRecord, MetaKey } from '../../model/record.js';
import type { Correction } from '../../model/run.js';
import type { AnswerInHistory } from '../../ports/browse-store.js';
import type { RunRow, RunStore } from '../../ports/run-store.js';
import { askAboutRun } from '../../review/select-review-items.js';
import type { moment } from '../schemas/corrections.js';
import type { z } from 'zod';

type Moment = z.output<typeof moment>;
type Target = Correction['target'];

/** Every run's reading of a field, meta value or check (or what it asks of the document) and every answer about it, newest first. */
export async function fieldHistory(
  store: RunStore,
  sha256: string,
  target: Target,
  key: string,
): Promise<Moment[]> {
  const rows = await store.runsOf(sha256);
  const found = await Promise.all(rows.map(({ runKey }) => store.run(runKey)));
  const current = await store.currentRunOf(sha256);
  const runs = found
    .filter((one) => one !== null)
    .map(({ run, record }) => momentOfRun(run, record, target, key, run.runKey === current));
  const answers = (await store.answers(sha256)).filter((one) => one.target === target && one.key === key);
  const standing = answers.filter(({ retractedAt }) => retractedAt === null).at(-1);
  const said = answers.map((answer) => momentOfAnswer(answer, answer === standing));
  return [...runs, ...said].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function momentOfRun(
  run: RunRow,
  record: GongkaiRecord,
  target: Target,
  key: string,
  isCurrent: boolean,
): Moment {
  const base = {
    kind: 'run',
    id: run.runKey,
    at: run.finishedAt,
    version: run.extractorVersion,
    ...{ author: null, reason: null, retractedAt: null, isCurrent },
  } as const;
  return { ...base, ...readingOf(record, target, key) };
}

type Shown = Pick<Moment, 'value' | 'raw' | 'status' | 'confidence'>;

const NOTHING: Shown = { value: null, raw: null, status: null, confidence: null };

function readingOf(record: GongkaiRecord, target: Target, key: string): Shown {
  if (target === 'meta') {
    const { value = null, confidence = null } = record.meta[key as MetaKey] ?? {};
    return { ...NOTHING, value, confidence };
  }
  if (target === 'check') return { ...NOTHING, value: describeCheck(record, key) };
  if (target === 'run') return { ...NOTHING, value: askAboutRun(record)[0]?.reason ?? record.form };
  const { value = null, raw = null, status = null, confidence = null } = record.fields[key] ?? {};
  return { value, raw, status, confidence };
}

function describeCheck({ checks }: GongkaiRecord, id: string): string | null {
  const check = checks.find((one) => one.id === id);
  if (!check || check.status === 'skipped') return check?.status ?? null;
  return `${check.left} ${check.status === 'failed' ? '≠' : '='} ${check.right}`;
}

function momentOfAnswer(answer: AnswerInHistory, isCurrent: boolean): Moment {
  const { id, createdAt, value, status, author, reason, retractedAt } = answer;
  return {
    kind: 'correction',
    at: createdAt,
    ...{ id, value, status, author, reason, retractedAt, isCurrent },
    ...{ raw: null, confidence: null, version: null },
  };
}
