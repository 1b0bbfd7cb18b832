import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DocumentView, FormView } from '../api/types.js';
import type { GongkaiRecord } from '../../../src/model/record.js';
import type { CHECK_ANSWERS } from '../../../src/model/run.js';
import { cellsOf, type Answer, type AskId, type CellId, type CellState } from './cells.js';
import { identitiesNow, type IdentityNow } from './identities.js';
import { gridOf, namesOf, sheetsOf, type FieldName, type Sheet } from './layout.js';
import { questionsOf, type QuestionId, type QuestionState } from './questions.js';
import { keepTyping, loadTyping } from './typing.js';
import { useAnswers, type Asked } from './use-answers.js';

export type Tab = Sheet['id'] | 'meta' | 'prose' | 'checks';

/** Everything a review needs: what stands on the form, what is selected, and what a key does to it. */
export interface Desk {
  readonly view: DocumentView;
  readonly record: GongkaiRecord;
  readonly sheets: readonly Sheet[];
  readonly names: ReadonlyMap<string, FieldName>;
  readonly cells: ReadonlyMap<CellId, CellState>;
  readonly doubtful: readonly CellState[];
  readonly questions: ReadonlyMap<QuestionId, QuestionState>;
  /** Whatever waits for an answer, in the order of j and k. */
  readonly open: readonly AskId[];
  readonly settledCount: number;
  readonly identities: readonly IdentityNow[];
  /** Fields in failed identities that nobody has said anything about, the last of each: where the form underlines a sum. */
  readonly failing: ReadonlySet<string>;
  readonly selected: AskId | null;
  readonly selectedKey: string | null;
  /** The question that is selected; null where a cell is. */
  readonly question: QuestionState | null;
  /** The cell that the source shows: the selected one, or one that the selected question is about. */
  readonly shown: CellId | null;
  readonly tab: Tab;
  readonly isEditing: boolean;
  /** The digit that opened the editor; null where a key or button did. */
  readonly typedFirst: string | null;
  readonly message: string | null;
  select(id: AskId): void;
  openTab(tab: Tab): void;
  /** To the next (1) or previous (-1) doubtful field or open question; false where there is none. */
  step(direction: 1 | -1): boolean;
  /** To a neighbour on the form. */
  walk(rows: number, columns: number): void;
  /** Takes a cell as it was read, or a failed sum as printed like that. */
  accept(): void;
  acceptAbove(): void;
  /** Answers the selected question by a code of src/model/run.ts. */
  answer(code: string, reason: string | null): void;
  /** Opens the editor; with a digit, what was read gives way to it. */
  edit(typedFirst?: string): void;
  /** What is being typed, so that the identities follow; null ends it. */
  preview(answer: Answer | null): void;
  save(answer: Answer): void;
  cancel(): void;
  undo(): void;
}

interface Place {
  readonly selected: AskId | null;
  readonly tab: Tab;
  readonly isEditing: boolean;
  readonly typedFirst: string | null;
}

const AT_REST = { isEditing: false, typedFirst: null } as const;
/** The report itself is wrong (CHECK_ANSWERS of src/model/run.ts). */
const AS_PRINTED: (typeof CHECK_ANSWERS)[number] = 'as_printed';

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
    const drafts = new Map<AskId, Answer>(answers.drafts);
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
  const questions = useMemo(() => {
    const { corrections, drafts } = answers;
    return questionsOf({ record, openItems: view.openItems, identities, corrections, drafts });
  }, [record, view.openItems, identities, answers.corrections, answers.drafts]);
  const order = useMemo(() => orderOf(cells, questions), [cells, questions]);
  const open = order.filter((id) => isOpen(id, cells, questions));
  const begin = (): Place =>
    unfinishedPlace(view.id, { cells, sheets, names, questions }) ??
    firstPlace(open, { sheets, names, questions });
  const [place, setPlace] = useState<Place>(begin);
  useEffect(() => setPlace(begin()), [view.id]);
  const facts = {
    ...{ view, record, sheets, names, cells, doubtful, questions, order, open, identities },
    ...place,
  };
  const actions = { place, setPlace, setTyped, answers };
  return { ...facts, ...derived(facts, answers.message), ...commands(facts, actions) };
}

type Facts = Place &
  Pick<Desk, 'view' | 'sheets' | 'names' | 'cells' | 'doubtful' | 'questions' | 'open' | 'identities'> & {
    readonly order: readonly AskId[];
  };

function derived(
  facts: Facts,
  message: string | null,
): Pick<Desk, 'selectedKey' | 'question' | 'shown' | 'settledCount' | 'failing' | 'message'> {
  const { cells, questions, selected } = facts;
  const question = selected !== null && isQuestion(selected) ? (questions.get(selected) ?? null) : null;
  const field = question?.field ?? null;
  const failed = facts.identities.filter(({ id }) => questions.get(`check:${id}`)?.isOpen);
  return {
    message,
    question,
    selectedKey: selected?.startsWith('field:') ? selected.slice('field:'.length) : null,
    shown: question ? (field === null ? null : `field:${field}`) : (selected as CellId | null),
    settledCount: [...cells.values(), ...questions.values()].filter(({ settled }) => settled !== 'no').length,
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
  | 'answer'
  | 'edit'
  | 'preview'
  | 'save'
  | 'cancel'
  | 'undo'
>;

function commands(facts: Facts, { place, setPlace, setTyped, answers }: Actions): Commands {
  const { order, cells, questions, view } = facts;
  const select = (id: AskId): void =>
    setPlace({ ...AT_REST, selected: id, tab: tabOf(id, facts) ?? place.tab });
  const following = (direction: 1 | -1): AskId | null => {
    const at = place.selected === null ? -1 : order.indexOf(place.selected);
    const candidates = direction === 1 ? order.slice(at + 1) : order.slice(0, Math.max(0, at)).reverse();
    const around = direction === 1 ? order.slice(0, Math.max(0, at)) : order.slice(at + 1).reverse();
    return [...candidates, ...around].find((id) => isOpen(id, cells, questions)) ?? null;
  };
  const step = (direction: 1 | -1): boolean => {
    const next = following(direction);
    if (next !== null) select(next);
    return next !== null;
  };
  const settle = (pairs: readonly (readonly [Asked, Answer])[]): void => {
    const next = following(1);
    keepTyping(view.id, null);
    answers.give(pairs);
    setTyped(null);
    if (next !== null) select(next);
    else setPlace({ ...place, isEditing: false });
  };
  const { selected } = place;
  const cell = selected === null || isQuestion(selected) ? undefined : cells.get(selected);
  const question = selected !== null && isQuestion(selected) ? questions.get(selected) : undefined;
  const answer = (code: string, reason: string | null): void =>
    question && settle([[question, { value: code, status: null, reason }]]);
  return {
    select,
    step,
    openTab: (tab) => setPlace({ ...AT_REST, selected: firstOf(tab, facts), tab }),
    walk: (rows, columns) => {
      const next = neighbour(facts, rows, columns);
      if (next !== null) select(next);
    },
    answer,
    accept: () => {
      if (cell) settle([[cell, asRead(cell)]]);
      else if (question?.target === 'check') answer(AS_PRINTED, null);
    },
    acceptAbove: () => settle(upTo(facts).map((above) => [above, asRead(above)] as const)),
    edit: (typedFirst) =>
      selected !== null && setPlace({ ...place, isEditing: true, typedFirst: typedFirst ?? null }),
    preview: (typed) => setTyped(typed === null || !cell ? null : { id: cell.id, answer: typed }),
    save: (given) => cell && settle([[cell, given]]),
    cancel: () => {
      keepTyping(view.id, null);
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

/** Doubtful cells only: what a failed sum or a document is must be said one by one. */
function upTo(facts: Facts): CellState[] {
  const { order } = facts;
  const end = facts.selected === null ? order.length : order.indexOf(facts.selected) + 1;
  const above = new Set(order.slice(0, end));
  return facts.doubtful.filter((cell) => above.has(cell.id));
}

function neighbour(facts: Facts, rows: number, columns: number): AskId | null {
  const sheet = facts.sheets.find(({ id }) => id === facts.tab);
  const grid: AskId[][] = sheet
    ? gridOf(sheet).map((keys) => keys.map((key): CellId => `field:${key}`))
    : [...facts.cells.values()].filter(({ target }) => target === 'meta').map(({ id }) => [id]);
  const row = grid.findIndex((ids) => facts.selected !== null && ids.includes(facts.selected));
  if (row < 0) return grid[0]?.[0] ?? null;
  const column = grid[row]?.findIndex((id) => id === facts.selected) ?? 0;
  const target = grid[row + rows];
  return target?.[Math.min(column + columns, target.length - 1)] ?? null;
}

function firstOf(tab: Tab, facts: Facts): AskId | null {
  const ids = facts.order.filter((id) => tabOf(id, facts) === tab);
  return ids.find((id) => isOpen(id, facts.cells, facts.questions)) ?? ids[0] ?? null;
}

function firstPlace([first]: readonly AskId[], facts: Pick<Desk, 'sheets' | 'names' | 'questions'>): Place {
  const tab: Tab = facts.sheets[0]?.id ?? 'meta';
  if (first === undefined) return { ...AT_REST, selected: null, tab };
  return { ...AT_REST, selected: first, tab: tabOf(first, facts) ?? tab };
}

/** Where somebody was typing when the page was loaded again; null where nobody was, or that place is gone. */
function unfinishedPlace(
  documentId: string,
  facts: Pick<Desk, 'cells' | 'sheets' | 'names' | 'questions'>,
): Place | null {
  const typing = loadTyping(documentId);
  if (typing === null) return null;
  const { id, value } = typing;
  const isThere = isQuestion(id) ? facts.questions.has(id) : facts.cells.has(id);
  if (!isThere) return null;
  const tab = tabOf(id, facts) ?? facts.sheets[0]?.id ?? 'meta';
  return { selected: id, tab, isEditing: true, typedFirst: value };
}

function isQuestion(id: AskId): id is QuestionId {
  return id.startsWith('check:') || id.startsWith('run:');
}

function isOpen(id: AskId, cells: Desk['cells'], questions: Desk['questions']): boolean {
  if (isQuestion(id)) return questions.get(id)?.isOpen ?? false;
  return cells.get(id)?.isDoubtful ?? false;
}

/** Which tab shows a cell or question; null where the form has no place for it. A failed sum shows on the form itself. */
export function tabOf(id: AskId, { names, questions }: Pick<Desk, 'names' | 'questions'>): Tab | null {
  if (id.startsWith('meta:') || id.startsWith('run:')) return 'meta';
  if (!isQuestion(id)) return names.get(id.slice('field:'.length))?.table ?? null;
  return names.get(questions.get(id)?.field ?? '')?.table ?? 'checks';
}

/** What the document is comes before what it says, and what its sums are after. */
function orderOf(cells: Desk['cells'], questions: Desk['questions']): AskId[] {
  const ids = [...questions.keys()];
  return [
    ...ids.filter((id) => id.startsWith('run:')),
    ...cells.keys(),
    ...ids.filter((id) => !id.startsWith('run:')),
  ];
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
