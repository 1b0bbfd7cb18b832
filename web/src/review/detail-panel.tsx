import { useEffect, useRef, useState } from 'preact/hooks';
import { link } from '../app/router.js';
import { isMessageKey, useTranslate, type Translate } from '../i18n/translate.js';
import type { Evidence } from '../../../src/model/evidence.js';
import { bandOf, formatNumber, parseAnswer, showValue, type CellState } from './cells.js';
import type { IdentityNow } from './identities.js';
import type { Desk } from './use-desk.js';

/** How many causes of doubt are named; more are on the history page. */
const CAUSES_SHOWN = 3;

/** What is known of the selected cell: value, place, confidence, its identities, and the editor. */
export function DetailPanel({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const cell = desk.selected === null ? undefined : desk.cells.get(desk.selected);
  if (!cell) return <section class="detail muted">{t('review.allSettled')}</section>;
  return (
    <section class="detail" aria-label={t('review.value')}>
      <div class="detail-value">
        <h2 class="small muted">{nameOf(desk, cell, t)}</h2>
        {desk.isEditing ? <Editor desk={desk} cell={cell} key={cell.id} /> : <Value cell={cell} />}
        {!desk.isEditing && <Confidence cell={cell} />}
      </div>
      <div>
        <h2 class="small muted">{t('review.identities')}</h2>
        <Identities desk={desk} />
      </div>
      <Actions desk={desk} cell={cell} />
    </section>
  );
}

/** What people call a cell. */
export function nameOf(desk: Pick<Desk, 'names'>, cell: CellState, t: Translate): string {
  const metaKey = `meta.${cell.key}`;
  if (cell.target === 'meta') return isMessageKey(metaKey) ? t(metaKey) : cell.key;
  const name = desk.names.get(cell.key);
  return name ? `${name.row} · ${name.column}` : cell.key;
}

function Value({ cell }: { readonly cell: CellState }) {
  const t = useTranslate();
  const shown = cell.value === null ? t(`review.${cell.status}`) : showValue(cell.value, cell.status);
  const printed =
    cell.raw === null || cell.raw === ''
      ? t('review.printedNothing')
      : t('review.printed', { raw: cell.raw });
  return (
    <p class="big-value" data-testid="selected-value">
      <strong class={cell.value === null || typeof cell.value === 'string' ? 'worded' : ''}>{shown}</strong>{' '}
      <span class="muted">
        {printed} · {describePlace(cell.evidence, t)}
      </span>
    </p>
  );
}

function describePlace([first]: readonly Evidence[], t: Translate): string {
  if (!first) return t('review.noEvidence');
  if (first.kind === 'box') return t('review.page0', { page: first.page });
  if (first.kind === 'span') return t('review.place.span', { start: first.start, end: first.end });
  return t('review.place.cell', { table: first.table + 1, row: first.row + 1, column: first.column + 1 });
}

function Confidence({ cell }: { readonly cell: CellState }) {
  const t = useTranslate();
  const causes = cell.causes.filter(({ effect }) => effect < 0).slice(0, CAUSES_SHOWN);
  return (
    <div class="confidence">
      <meter
        class={`band-${bandOf(cell)}`}
        min={0}
        max={1}
        value={cell.confidence}
        aria-label={t('review.confidence', { value: cell.confidence.toFixed(3) })}
      />
      <p class="small muted">
        {t('review.confidence', { value: cell.confidence.toFixed(3) })}
        {cell.settled === 'saved' && (
          <span class="chip good">✓ {t('review.settledBy', { author: cell.author ?? '' })}</span>
        )}
        {cell.settled === 'draft' && <span class="chip warn">{t('review.draft')}</span>}
        {cell.isReopened && <span class="chip warn">{t('review.seenChanged')}</span>}
        {causes.length > 0 && ` · ${causes.map(({ cause }) => cause).join(' · ')}`}
      </p>
    </div>
  );
}

function Identities({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const key = desk.selectedKey;
  const through = desk.identities.filter(
    ({ left, right }) => key !== null && (left.includes(key) || right.includes(key)),
  );
  if (through.length === 0) return <p class="small muted">{t('review.noIdentities')}</p>;
  return (
    <ul class="identities" aria-live="polite" data-testid="identities">
      {through.map((identity) => (
        <li key={identity.id} class={identity.state} data-state={identity.state}>
          <code>{identity.id}</code> {describeSums(identity)}
        </li>
      ))}
    </ul>
  );
}

function describeSums({ leftSum, rightSum, state }: IdentityNow): string {
  const [left, right] = [leftSum, rightSum].map((sum) => (sum === null ? '–' : formatNumber(sum)));
  if (state === 'holds') return `${left} = ${right} ✓`;
  return state === 'fails' ? `${left} ≠ ${right} ✗` : `${left} ? ${right}`;
}

function Editor({ desk, cell }: { readonly desk: Desk; readonly cell: CellState }) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(showValue(cell.value, cell.status));
  const [reason, setReason] = useState('');
  const parsed = parseAnswer(typed, cell);
  useEffect(() => input.current?.select(), []);
  const change = (text: string): void => {
    setTyped(text);
    const answer = parseAnswer(text, cell);
    desk.preview(answer && { ...answer, reason: null });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (parsed) desk.save({ ...parsed, reason: reason.trim() === '' ? null : reason.trim() });
  };
  return (
    <form class="editor" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && desk.cancel()}>
      <input
        ref={input}
        class="editor-value"
        aria-label={t('review.value')}
        aria-invalid={parsed === null}
        inputMode={cell.target === 'field' ? 'decimal' : 'text'}
        value={typed}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <input
        aria-label={t('review.reason')}
        placeholder={t('review.reason')}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button type="submit" class="button primary" disabled={parsed === null}>
        {t('review.save')}
      </button>
      <button type="button" class="button" onClick={() => desk.cancel()}>
        {t('review.cancel')}
      </button>
      <p class="small muted">
        {parsed === null ? t('review.badNumber') : cell.target === 'field' && t('review.editHint')}
      </p>
    </form>
  );
}

function Actions({ desk, cell }: { readonly desk: Desk; readonly cell: CellState }) {
  const t = useTranslate();
  const actions = [
    { keys: 'Enter', name: t('review.accept'), run: () => desk.accept() },
    { keys: 'e', name: t('review.edit'), run: () => desk.edit() },
    { keys: 'j', name: t('review.next'), run: () => desk.step(1) },
    { keys: 'k', name: t('review.previous'), run: () => desk.step(-1) },
    { keys: 'u', name: t('review.undo'), run: () => desk.undo() },
    { keys: 'A', name: t('review.acceptAbove'), run: () => desk.acceptAbove() },
  ];
  return (
    <div class="detail-actions" role="group" aria-label={t('review.keys')}>
      {actions.map(({ keys, name, run }) => (
        <button type="button" class="button quiet" key={keys} onClick={run}>
          <kbd>{keys}</kbd> {name}
        </button>
      ))}
      <a class="button quiet" href={link(['documents', desk.view.id, 'history', cell.id])}>
        {t('review.history')}
      </a>
    </div>
  );
}
