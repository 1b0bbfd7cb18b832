import { formatConfidence } from '../app/format.js';
import { link } from '../app/router.js';
import { isMessageKey, useTranslate, type Translate } from '../i18n/translate.js';
import type { Evidence } from '../../../src/model/evidence.js';
import { bandOf, showValue, type CellState } from './cells.js';
import { Editor } from './editor.js';
import { DeskKeys } from './desk-keys.js';
import { describeSums, nameIdentity } from './identity-names.js';
import { QuestionPanel } from './question-panel.js';
import type { Desk } from './use-desk.js';

/** How many causes of doubt are named. */
const CAUSES_SHOWN = 3;

/** What is known of the selected cell: value, place, confidence, its identities, and the editor; or the selected question. */
export function DetailPanel({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  if (desk.question) return <QuestionPanel desk={desk} question={desk.question} key={desk.question.id} />;
  const cell = desk.shown === null ? undefined : desk.cells.get(desk.shown);
  if (!cell) {
    return (
      <section class="detail muted">
        {desk.open.length === 0 ? t('review.allSettled') : t('review.pickCell')}
      </section>
    );
  }
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
      {!desk.isEditing && <Actions desk={desk} cell={cell} />}
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
  const isAsShown = cell.target === 'meta' && cell.raw === shown;
  return (
    <p class="big-value" data-testid="selected-value">
      <strong class={cell.value === null || typeof cell.value === 'string' ? 'worded' : ''}>{shown}</strong>{' '}
      <span class="muted small">
        {!isAsShown && `${describePrint(cell, t)} · `}
        {describePlace(cell.evidence, t)}
      </span>
    </p>
  );
}

function describePrint({ raw, readStatus }: CellState, t: Translate): string {
  if (raw !== null && raw !== '') return t('review.printed', { raw });
  return readStatus === 'absent' ? t('review.notFound') : t('review.printedNothing');
}

function describePlace([first]: readonly Evidence[], t: Translate): string {
  if (!first) return t('review.noEvidence');
  if (first.kind === 'box') return t('review.page0', { page: first.page });
  if (first.kind === 'span') return t('review.place.span', { start: first.start, end: first.end });
  return t('review.place.cell', { table: first.table + 1, row: first.row + 1, column: first.column + 1 });
}

function Confidence({ cell }: { readonly cell: CellState }) {
  const t = useTranslate();
  const causes = cell.isDoubtful ? cell.causes.filter(({ effect }) => effect < 0).slice(0, CAUSES_SHOWN) : [];
  const said = t('review.confidence', { value: formatConfidence(cell.confidence) });
  return (
    <div class="confidence">
      <div
        class={`bar band-${bandOf(cell)}`}
        role="meter"
        aria-label={said}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={cell.confidence}
      >
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect width={100 * cell.confidence} height="6" />
        </svg>
      </div>
      <p class="small muted">
        {cell.settled === 'saved' && (
          <span class="chip good">✓ {t('review.settledBy', { author: cell.author ?? '' })}</span>
        )}
        {cell.settled === 'draft' && <span class="chip warn">{t('review.draft')}</span>}
        {cell.isReopened && <span class="chip warn">{t('review.seenChanged')}</span>}
        {[said, ...causes.map(({ cause }) => nameCause(cause, t))].join(' · ')}
      </p>
    </div>
  );
}

function nameCause(cause: string, t: Translate): string {
  const key = `cause.${cause}`;
  return isMessageKey(key) ? t(key) : cause;
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
        <li key={identity.id} class={identity.state} data-state={identity.state} title={identity.id}>
          <span>{nameIdentity(identity, desk.names, t)}</span> <strong>{describeSums(identity)}</strong>
        </li>
      ))}
    </ul>
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
    <DeskKeys actions={actions}>
      <a class="button quiet" href={link(['documents', desk.view.id, 'history', cell.id])}>
        {t('review.history')}
      </a>
    </DeskKeys>
  );
}
