import type { Correction } from '../../../src/model/run.js';
import type { Evidence } from '../../../src/model/evidence.js';
import type { QuestionId } from './questions.js';
import type { Cause, FieldStatus, GongkaiRecord, MetaKey } from '../../../src/model/record.js';

/** A number surer than this raises no question; the same as the server's review queue. */
const DOUBTFUL_BELOW = 0.99;
/** The same for what the report says about itself, of which no part is ever much surer. */
const META_DOUBTFUL_BELOW = 0.9;

/** A field or meta value under review: `field:applications.new.total`, `meta:year`. */
export type CellId = `field:${string}` | `meta:${string}`;
/** Whatever can be answered: a cell, or a question about a check or the document. */
export type AskId = CellId | QuestionId;

/** An answer as it is kept here until the server has it; `status` is null but for fields. */
export interface Answer {
  readonly value: number | string | null;
  readonly status: FieldStatus | null;
  readonly reason: string | null;
}

/** Everything the form shows of one cell. */
export interface CellState {
  readonly id: CellId;
  readonly key: string;
  readonly target: 'field' | 'meta';
  readonly value: number | string | null;
  readonly status: FieldStatus;
  /** As the run read it, whatever people said since. */
  readonly read: number | string | null;
  readonly readStatus: FieldStatus;
  readonly raw: string | null;
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  readonly causes: readonly Cause[];
  readonly settled: 'no' | 'saved' | 'draft';
  readonly author: string | null;
  /** Settled once, but the current run reads something else than what was settled. */
  readonly isReopened: boolean;
  readonly isDoubtful: boolean;
  /** The reading as JSON, by which the server recognises it. */
  readonly seen: string;
}

/** How sure: the classes that the form colours. */
export type Band = 'sure' | 'high' | 'middle' | 'low' | 'settled';

const HIGH_FROM = 0.9;
const MIDDLE_FROM = 0.5;

/** The colour class of a cell. */
export function bandOf(cell: CellState): Band {
  if (cell.settled !== 'no') return 'settled';
  if (cell.confidence >= DOUBTFUL_BELOW || (cell.target === 'meta' && !cell.isDoubtful)) return 'sure';
  if (cell.confidence >= HIGH_FROM) return 'high';
  return cell.confidence >= MIDDLE_FROM ? 'middle' : 'low';
}

/** The cells of a record with what people answered laid over them: the server's answers, then those not yet sent. */
export function cellsOf(
  record: GongkaiRecord,
  corrections: readonly Correction[],
  drafts: ReadonlyMap<AskId, Answer>,
): ReadonlyMap<CellId, CellState> {
  const latest = latestOf(corrections);
  const cells = new Map<CellId, CellState>();
  // A page that is no report raises no question about who reports.
  const metaBelow = record.form !== null || record.review.needed ? META_DOUBTFUL_BELOW : 0;
  const add = (cell: ReadCell): void => {
    const below = cell.target === 'meta' ? metaBelow : DOUBTFUL_BELOW;
    cells.set(cell.id, settle(cell, below, latest.get(cell.id), drafts.get(cell.id)));
  };
  for (const key of Object.keys(record.meta) as MetaKey[]) {
    const meta = record.meta[key];
    if (!meta) continue;
    const { value, confidence, evidence } = meta;
    const status = value === null ? 'absent' : 'reported';
    const raw = value === null ? null : String(value);
    const seen = JSON.stringify([value]);
    add({
      id: `meta:${key}`,
      target: 'meta',
      key,
      value,
      status,
      raw,
      confidence,
      evidence,
      causes: [],
      seen,
    });
  }
  for (const [key, field] of Object.entries(record.fields)) {
    const { value, status, raw, confidence, evidence, explain: causes = [] } = field;
    const seen = JSON.stringify([value, raw, status]);
    add({ id: `field:${key}`, target: 'field', key, value, status, raw, confidence, evidence, causes, seen });
  }
  return cells;
}

/** A cell as the run read it. */
type ReadCell = Pick<
  CellState,
  'id' | 'key' | 'target' | 'value' | 'status' | 'raw' | 'confidence' | 'evidence' | 'causes' | 'seen'
>;

function settle(
  cell: ReadCell,
  doubtfulBelow: number,
  saved: Correction | undefined,
  draft: Answer | undefined,
): CellState {
  const read = { ...cell, read: cell.value, readStatus: cell.status };
  if (draft) {
    const { value, status } = draft;
    const now = { value, status: status ?? cell.status };
    return { ...read, ...now, settled: 'draft', author: null, isReopened: false, isDoubtful: false };
  }
  const isDoubtful = cell.confidence < doubtfulBelow;
  if (!saved) return { ...read, settled: 'no', author: null, isReopened: false, isDoubtful };
  const isReopened = saved.seen !== cell.seen;
  const status = saved.status ?? (saved.value === null ? cell.status : 'reported');
  return {
    ...read,
    value: saved.value,
    status,
    settled: isReopened ? 'no' : 'saved',
    author: saved.author,
    isReopened,
    isDoubtful: isReopened,
  };
}

/** The newest answer to each question, by its id. */
export function latestOf(corrections: readonly Correction[]): ReadonlyMap<string, Correction> {
  const inOrder = [...corrections].sort((a, b) =>
    a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0,
  );
  return new Map(inOrder.map((one) => [`${one.target}:${one.key}`, one]));
}

/** What is shown in a cell: the number, or a sign for which lack of one it is. */
export function showValue(value: number | string | null, status: FieldStatus): string {
  if (value !== null) return typeof value === 'number' ? formatNumber(value) : value;
  return { reported: '?', blank: '', marked: '/', absent: '×' }[status];
}

/** A number as people type it: no grouping, so that it can be compared with the source at a glance. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)));
}

/**
 * What a person typed, as an answer; null where it cannot be one. For fields: empty is blank, `/` marked, `x` no such
 * cell. For meta values: empty is none; the year is a number, the others are text.
 */
export function parseAnswer(
  typed: string,
  { target, key }: Pick<CellState, 'target' | 'key'>,
): Pick<Answer, 'value' | 'status'> | null {
  const text = typed.trim().normalize('NFKC');
  if (target === 'meta') return parseMeta(text, key);
  if (text === '') return { value: null, status: 'blank' };
  if (/^[/\-—无]+$/.test(text)) return { value: null, status: 'marked' };
  if (/^[x×]$/i.test(text)) return { value: null, status: 'absent' };
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) ? { value: number, status: 'reported' } : null;
}

function parseMeta(text: string, key: string): Pick<Answer, 'value' | 'status'> | null {
  if (text === '' || /^[x×]$/i.test(text)) return { value: null, status: null };
  if (key !== 'year') return { value: text, status: null };
  return /^\d{4}$/.test(text) ? { value: Number(text), status: null } : null;
}
