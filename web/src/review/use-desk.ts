import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DocumentView, FormView } from '../api/types.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import { cellsOf, type Answer, type CellId, type CellState } from './cells.js';
import { identitiesNow, type IdentityNow } from './identities.js';
import { gridOf, namesOf, sheetsOf, type FieldName, type Sheet } from './layout.js';
import { useAnswers } from './use-answers.js';

export type Tab = Sheet['id'] | 'meta' | 'prose' | 'checks';

/** Everything a review needs: what stands on the form, what is selected, and what a key does to it. */
export interface Desk {
  readonly view: DocumentView;
  readonly record: GongkaiRecord;
  readonly sheets: readonly Sheet[];
  readonly names: ReadonlyMap<string, FieldName>;
  readonly cells: ReadonlyMap<CellId, CellState>;
  readonly doubtful: readonly CellState[];
  readonly settledCount: number;
  readonly identities: readonly IdentityNow[];
  /** Fields in failed identities, the last of each: where the form underlines a sum. */
  readonly failing: ReadonlySet<string>;
  readonly selected: CellId | null;
  readonly selectedKey: string | null;
  readonly tab: Tab;
  readonly isEditing: boolean;
  /** The digit that opened the editor; null where a key or button did. */
  readonly typedFirst: string | null;
  readonly message: string | null;
  select(id: CellId): void;
  openTab(tab: Tab): void;
  /** To the next (1) or previous (-1) doubtful field; false where there is none. */
  step(direction: 1 | -1): boolean;
  /** To a neighbour on the form. */
  walk(rows: number, columns: number): void;
  accept(): void;
  acceptAbove(): void;
  /** Opens the editor; with a digit, what was read gives way to it. */
  edit(typedFirst?: string): void;
  /** What is being typed, so that the identities follow; null ends it. */
  preview(answer: Answer | null): void;
  save(answer: Answer): void;
  cancel(): void;
  undo(): void;
}

interface Place {
  readonly selected: CellId | null;
  readonly tab: Tab;
  readonly isEditing: boolean;
  readonly typedFirst: string | null;
}

const AT_REST = { isEditing: false, typedFirst: null } as const;

/** The review of one document; see `Desk`. */
export function useDesk(
  view: DocumentView,
  record: GongkaiRecord,
  form: FormView | null,
  onChanged: () => void,
): Desk {
  const sheets = useMemo(() => (form ? sheetsOf(form) : []), [form]);
  const names = useMemo(() => namesOf(sheets), [sheets]);
  const answers = useAnswers(view, onChanged);
  const [typed, setTyped] = useState<{ readonly id: CellId; readonly answer: Answer } | null>(null);
  const cells = useMemo(() => {
    const drafts = new Map<CellId, Answer>(answers.drafts);
    if (typed) drafts.set(typed.id, typed.answer);
    return inPrintedOrder(cellsOf(record, answers.corrections, drafts), sheets);
  }, [record, answers.corrections, answers.drafts, typed, sheets]);
  const identities = useMemo(
    () =>
      identitiesNow(form?.identities ?? [], record.checks, (key) => {
        const cell = cells.get(`field:${key}`);
        return cell && typeof cell.value !== 'string'
          ? { value: cell.value, status: cell.status }
          : undefined;
      }),
    [form, record, cells],
  );
  const doubtful = useMemo(() => [...cells.values()].filter((cell) => cell.isDoubtful), [cells]);
  const [place, setPlace] = useState<Place>(() => firstPlace(doubtful, sheets));
  useEffect(() => setPlace(firstPlace(doubtful, sheets)), [view.id]);
  const facts = { view, record, sheets, names, cells, doubtful, identities, ...place };
  const actions = { place, setPlace, setTyped, answers };
  return { ...facts, ...derived(facts, answers.message), ...commands(facts, actions) };
}

type Facts = Pick<
  Desk,
  'sheets' | 'names' | 'cells' | 'doubtful' | 'identities' | 'selected' | 'tab' | 'isEditing' | 'typedFirst'
>;

function derived(
  facts: Facts,
  message: string | null,
): Pick<Desk, 'selectedKey' | 'settledCount' | 'failing' | 'message'> {
  const failed = facts.identities.filter((identity) => identity.state === 'fails');
  return {
    message,
    selectedKey: facts.selected?.startsWith('field:') ? facts.selected.slice('field:'.length) : null,
    settledCount: [...facts.cells.values()].filter((cell) => cell.settled !== 'no').length,
    failing: new Set(failed.flatMap((identity) => identity.right)),
  };
}

interface Actions {
  readonly place: Place;
  readonly setPlace: (place: Place) => void;
  readonly setTyped: (typed: { readonly id: CellId; readonly answer: Answer } | null) => void;
  readonly answers: ReturnType<typeof useAnswers>;
}

type Commands = Pick<
  Desk,
  | 'select'
  | 'openTab'
  | 'step'
  | 'walk'
  | 'accept'
  | 'acceptAbove'
  | 'edit'
  | 'preview'
  | 'save'
  | 'cancel'
  | 'undo'
>;

function commands(facts: Facts, { place, setPlace, setTyped, answers }: Actions): Commands {
  const select = (id: CellId): void =>
    setPlace({ ...AT_REST, selected: id, tab: tabOf(id, facts.names) ?? place.tab });
  const following = (direction: 1 | -1): CellId | null => {
    const order = [...facts.cells.keys()];
    const at = place.selected === null ? -1 : order.indexOf(place.selected);
    const candidates = direction === 1 ? order.slice(at + 1) : order.slice(0, Math.max(0, at)).reverse();
    const around = direction === 1 ? order.slice(0, Math.max(0, at)) : order.slice(at + 1).reverse();
    return [...candidates, ...around].find((id) => facts.cells.get(id)?.isDoubtful) ?? null;
  };
  const step = (direction: 1 | -1): boolean => {
    const next = following(direction);
    if (next !== null) select(next);
    return next !== null;
  };
  const settle = (pairs: readonly (readonly [CellState, Answer])[]): void => {
    const next = following(1);
    answers.give(pairs);
    setTyped(null);
    if (next !== null) select(next);
    else setPlace({ ...place, isEditing: false });
  };
  const selectedCell = place.selected === null ? undefined : facts.cells.get(place.selected);
  return {
    select,
    step,
    openTab: (tab) => setPlace({ ...AT_REST, selected: firstOf(tab, facts), tab }),
    walk: (rows, columns) => {
      const next = neighbour(facts, rows, columns);
      if (next !== null) select(next);
    },
    accept: () => selectedCell && settle([[selectedCell, asRead(selectedCell)]]),
    acceptAbove: () => settle(upTo(facts).map((cell) => [cell, asRead(cell)] as const)),
    edit: (typedFirst) =>
      selectedCell && setPlace({ ...place, isEditing: true, typedFirst: typedFirst ?? null }),
    preview: (answer) =>
      setTyped(answer === null || place.selected === null ? null : { id: place.selected, answer }),
    save: (answer) => selectedCell && settle([[selectedCell, answer]]),
    cancel: () => {
      setTyped(null);
      setPlace({ ...place, isEditing: false });
    },
    undo: () => {
      const undone = answers.undo();
      if (undone !== null) select(undone);
    },
  };
}

/** Accepting takes what stands there now: the reading, or the answer that is asked about again. */
function asRead(cell: CellState): Answer {
  return { value: cell.read, status: cell.target === 'field' ? cell.readStatus : null, reason: null };
}

function upTo(facts: Facts): CellState[] {
  const order = [...facts.cells.keys()];
  const end = facts.selected === null ? order.length : order.indexOf(facts.selected) + 1;
  const above = new Set(order.slice(0, end));
  return facts.doubtful.filter((cell) => above.has(cell.id));
}

function neighbour(facts: Facts, rows: number, columns: number): CellId | null {
  const sheet = facts.sheets.find(({ id }) => id === facts.tab);
  const grid: CellId[][] = sheet
    ? gridOf(sheet).map((keys) => keys.map((key): CellId => `field:${key}`))
    : [...facts.cells.values()].filter(({ target }) => target === 'meta').map(({ id }) => [id]);
  const row = grid.findIndex((ids) => facts.selected !== null && ids.includes(facts.selected));
  if (row < 0) return grid[0]?.[0] ?? null;
  const column = grid[row]?.findIndex((id) => id === facts.selected) ?? 0;
  const target = grid[row + rows];
  return target?.[Math.min(column + columns, target.length - 1)] ?? null;
}

function firstOf(tab: Tab, facts: Facts): CellId | null {
  const ids = [...facts.cells.keys()].filter((id) => tabOf(id, facts.names) === tab);
  return ids.find((id) => facts.cells.get(id)?.isDoubtful) ?? ids[0] ?? null;
}

function firstPlace(doubtful: readonly CellState[], sheets: readonly Sheet[]): Place {
  const [first] = doubtful;
  const tab: Tab = sheets[0]?.id ?? 'meta';
  if (!first) return { ...AT_REST, selected: null, tab };
  return { ...AT_REST, selected: first.id, tab: tabOf(first.id, namesOf(sheets)) ?? tab };
}

/** Which tab shows a cell; null where the form has no place for it. */
export function tabOf(id: CellId, names: ReadonlyMap<string, FieldName>): Tab | null {
  if (id.startsWith('meta:')) return 'meta';
  return names.get(id.slice('field:'.length))?.table ?? null;
}

/** The fields as the form prints them, then what the report says about itself: the order in which j and k go. */
function inPrintedOrder(
  cells: ReadonlyMap<CellId, CellState>,
  sheets: readonly Sheet[],
): ReadonlyMap<CellId, CellState> {
  const meta = [...cells.keys()].filter((id) => id.startsWith('meta:'));
  const fields = sheets.flatMap(gridOf).flatMap((keys) => keys.map((key): CellId => `field:${key}`));
  const order = [...fields, ...meta, ...cells.keys()];
  const sorted = new Map<CellId, CellState>();
  for (const id of order) {
    const cell = cells.get(id);
    if (cell) sorted.set(id, cell);
  }
  return sorted;
}
