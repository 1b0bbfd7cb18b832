import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client.js';
import { postCorrection, retractCorrection } from '../api/routes.js';
import type { DocumentView } from '../api/types.js';
import { translate } from '../i18n/translate.js';
import type { Correction } from '../../../src/model/run.js';
import type { Answer, AskId } from './cells.js';
import { loadDrafts, saveDrafts, type Draft } from './drafts.js';

/** What is answered, and the reading that the answer is about. */
export interface Asked {
  readonly id: AskId;
  readonly seen: string;
}

/** The answers of one document: those the server has, those on their way, and how to take the last one back. */
export interface Answers {
  readonly corrections: readonly Correction[];
  readonly drafts: ReadonlyMap<AskId, Draft>;
  readonly message: string | null;
  give(pairs: readonly (readonly [Asked, Answer])[]): void;
  /** Takes the last answer of this sitting back; null where there is none. */
  undo(): AskId | null;
}

/**
 * Every answer is kept in this browser first and sent then, one after the other; what could not be sent is sent again
 * when the document is opened next. A conflict drops the answer and shows the other reviewer's.
 */
export function useAnswers(view: DocumentView, onChanged: () => void): Answers {
  const [drafts, setDrafts] = useState<ReadonlyMap<AskId, Draft>>(() => loadDrafts(view.id));
  const [message, setMessage] = useState<string | null>(null);
  const kept = useSaved(view);
  const outbox = useRef(new Outbox(view));
  const given = useRef<AskId[]>([]);
  useEffect(() => outbox.current.learn(view.corrections), [view.corrections]);
  const keep = (edit: (map: Map<AskId, Draft>) => void): void =>
    setDrafts((before) => {
      const after = new Map(before);
      edit(after);
      saveDrafts(view.id, after);
      return after;
    });
  const send = (id: AskId, draft: Draft): void =>
    outbox.current.send(id, draft, {
      done: (saved) => {
        kept.add(saved);
        keep((map) => map.get(id) === draft && map.delete(id));
      },
      failed: (error) => {
        setMessage(explain(error));
        const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500;
        if (isRefused && error.status !== 401) keep((map) => map.delete(id));
        if (error instanceof ApiError && error.status === 409) onChanged();
      },
    });
  useEffect(() => {
    for (const [id, draft] of loadDrafts(view.id)) send(id, draft);
    // Once a document: these are the answers that an earlier sitting could not send.
  }, [view.id]);
  const give: Answers['give'] = (pairs) => {
    setMessage(null);
    const made = pairs.map(([{ id, seen }, answer]) => [id, { ...answer, seen }] as const);
    keep((map) => made.forEach(([id, draft]) => map.set(id, draft)));
    for (const [id, draft] of made) {
      given.current.push(id);
      send(id, draft);
    }
  };
  const undo = (): AskId | null => {
    const id = given.current.pop();
    if (id === undefined) {
      setMessage(translate('review.nothingToUndo'));
      return null;
    }
    outbox.current.retract(id, {
      done: (gone) => {
        kept.drop(gone);
        // Questions of this kind are known from the server's list alone.
        if (/^(?:check|run):/.test(id)) onChanged();
      },
      failed: (error) => setMessage(explain(error)),
    });
    return id;
  };
  return { corrections: kept.corrections, drafts, message, give, undo };
}

interface Saved {
  readonly corrections: readonly Correction[];
  add(saved: Correction): void;
  drop(id: string): void;
}

/**
 * What the server has: the answers of the view, and those saved since, which a view that was on its way before does not
 * know yet.
 */
function useSaved(view: DocumentView): Saved {
  const [corrections, setCorrections] = useState<readonly Correction[]>(view.corrections);
  const since = useRef<readonly Correction[]>([]);
  useEffect(() => {
    const known = new Set(view.corrections.map(({ id }) => id));
    since.current = since.current.filter(({ id }) => !known.has(id));
    setCorrections([...view.corrections, ...since.current]);
  }, [view.corrections]);
  return {
    corrections,
    add: (saved) => {
      since.current = [...since.current, saved];
      setCorrections((before) => [...before, saved]);
    },
    drop: (id) => {
      since.current = since.current.filter((one) => one.id !== id);
      setCorrections((before) => before.filter((one) => one.id !== id));
    },
  };
}

interface Outcome<T> {
  readonly done: (value: T) => void;
  readonly failed: (error: unknown) => void;
}

/** Sends one answer at a time, each knowing which answer it follows, so that the server can tell of a conflict. */
class Outbox {
  private line: Promise<void> = Promise.resolve();
  private known: Correction[];

  constructor(private readonly view: DocumentView) {
    this.known = [...view.corrections];
  }

  learn(corrections: readonly Correction[]): void {
    const ids = new Set(this.known.map(({ id }) => id));
    this.known.push(...corrections.filter(({ id }) => !ids.has(id)));
  }

  send(id: AskId, draft: Draft, outcome: Outcome<Correction>): void {
    this.then(async () => {
      const saved = await postCorrection(this.view.id, id, draft, this.latest(id)?.id ?? null);
      this.known.push(saved);
      outcome.done(saved);
    }, outcome.failed);
  }

  retract(id: AskId, outcome: Outcome<string>): void {
    this.then(async () => {
      const last = this.latest(id);
      if (!last) return;
      await retractCorrection(this.view.id, last.id);
      this.known = this.known.filter((one) => one !== last);
      outcome.done(last.id);
    }, outcome.failed);
  }

  private latest(id: AskId): Correction | undefined {
    return this.known.filter((one) => `${one.target}:${one.key}` === id).at(-1);
  }

  private then(step: () => Promise<void>, failed: (error: unknown) => void): void {
    this.line = this.line.then(step).catch(failed);
  }
}

function explain(error: unknown): string {
  if (error instanceof ApiError && error.status === 409) return translate('review.conflictPlain');
  const message = error instanceof Error ? error.message : String(error);
  return translate('review.saveFailed', { message });
}
