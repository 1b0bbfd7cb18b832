import type { DocumentView } from '../api/types.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import type { Correction } from '../../../src/model/run.js';
import { latestOf, type Answer, type AskId } from './cells.js';
import type { IdentityNow } from './identities.js';

/** A question that is answered by a word and not by a value: about a failed check, or the document as a whole. */
export type QuestionId = `check:${string}` | `run:${string}`;

/** How such a question stands. */
export interface QuestionState {
  readonly id: QuestionId;
  readonly target: 'check' | 'run';
  readonly key: string;
  /** What is wrong, in the server's words; null for sums, which say it themselves. */
  readonly reason: string | null;
  /** The identity that fails, with both its sums as they stand now; null for other checks. */
  readonly identity: IdentityNow | null;
  /** A field that the question is about: where the source is shown. */
  readonly field: string | null;
  /** What was answered, by code; null where nobody has. */
  readonly answer: string | null;
  readonly settled: 'no' | 'saved' | 'draft';
  readonly author: string | null;
  /** Why, in the words of whoever answered. */
  readonly why: string | null;
  /** Answered once, but it reads something else by now. */
  readonly isReopened: boolean;
  readonly isOpen: boolean;
  /** What is asked about as JSON, by which the server recognises it. */
  readonly seen: string;
}

type Asked = Pick<QuestionState, 'target' | 'key' | 'reason' | 'identity' | 'field' | 'seen'>;

/** What the questions of a document are made of. */
export interface QuestionSources {
  readonly record: GongkaiRecord;
  readonly openItems: DocumentView['openItems'];
  readonly identities: readonly IdentityNow[];
  readonly corrections: readonly Correction[];
  readonly drafts: ReadonlyMap<AskId, Answer>;
}

/** The questions about the document first, then those about sums as they stand now, then the other failed checks. */
export function questionsOf(sources: QuestionSources): ReadonlyMap<QuestionId, QuestionState> {
  const latest = latestOf(sources.corrections);
  const asked = [...askedOfDocument(sources), ...askedOfSums(sources), ...askedOfOthers(sources)];
  return new Map(
    asked.map((one) => {
      const id: QuestionId = `${one.target}:${one.key}`;
      return [id, settle(id, one, latest.get(id), sources.drafts.get(id))];
    }),
  );
}

/** One that was answered before the page was loaded is not among the open ones, but still known by its answer. */
function askedOfDocument({ record, openItems, corrections }: QuestionSources): Asked[] {
  if (record.form !== null && !record.error) return [];
  const open = openItems.filter(({ kind }) => kind === 'run');
  if (open.length > 0) return open.map((item) => toAsked('run', item));
  return answeredOnly('run', corrections, new Set());
}

function askedOfSums({ record, identities }: QuestionSources): Asked[] {
  const known = new Set(record.checks.map(({ id }) => id));
  return identities
    .filter(({ id, state }) => state === 'fails' && known.has(id))
    .map((identity) => ({
      ...{ target: 'check', key: identity.id, reason: null, identity, field: identity.right[0] ?? null },
      seen: JSON.stringify([identity.leftSum, identity.rightSum]),
    }));
}

/** Failed checks that add nothing up; those between sources of one report are no part of the record. */
function askedOfOthers({ record, openItems, identities, corrections }: QuestionSources): Asked[] {
  const sums = new Set(identities.map(({ id }) => id));
  const failed = record.checks
    .filter(({ id, status }) => status === 'failed' && !sums.has(id))
    .map(({ id, note = id, left, right, fields: [field = null] }): Asked => ({
      ...{ target: 'check', key: id, reason: note, identity: null, field },
      seen: JSON.stringify([left, right]),
    }));
  const recorded = new Set(record.checks.map(({ id }) => id));
  const open = openItems.filter(({ kind, key }) => kind === 'check' && !recorded.has(key));
  const asked = new Set([...recorded, ...open.map(({ key }) => key)]);
  const between = open.map((item) => toAsked('check', item));
  return [...failed, ...between, ...answeredOnly('check', corrections, asked)];
}

function toAsked(
  target: Asked['target'],
  { key, reason, seen }: Pick<DocumentView['openItems'][number], 'key' | 'reason' | 'seen'>,
): Asked {
  return { target, key, reason, identity: null, field: null, seen };
}

function answeredOnly(
  target: Asked['target'],
  corrections: readonly Correction[],
  asked: ReadonlySet<string>,
): Asked[] {
  const answered = [...latestOf(corrections).values()].filter((one) => one.target === target);
  return answered
    .filter(({ key }) => !asked.has(key))
    .map(({ key, seen }) => toAsked(target, { key, seen, reason: key }));
}

function settle(
  id: QuestionId,
  asked: Asked,
  saved: Correction | undefined,
  draft: Answer | undefined,
): QuestionState {
  const base = { id, ...asked, author: null, isReopened: false, why: null };
  if (draft)
    return { ...base, answer: String(draft.value), settled: 'draft', why: draft.reason, isOpen: false };
  if (!saved || saved.seen !== asked.seen) {
    return { ...base, answer: null, settled: 'no', isReopened: saved !== undefined, isOpen: true };
  }
  const { value, author, reason: why } = saved;
  return { ...base, answer: String(value), settled: 'saved', author, why, isOpen: false };
}
