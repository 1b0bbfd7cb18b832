import { showName } from '../app/format.js';
import { link } from '../app/router.js';
import { useTranslate, type Translate } from '../i18n/translate.js';
import type { Desk } from './use-desk.js';

interface ReviewHeadProps {
  readonly desk: Desk;
  /** How many other people have the document open. */
  readonly others: number;
  readonly onNextDocument: () => void;
}

/** Whose report it is, how it stands, and the way to the next. */
export function ReviewHead({ desk, others, onNextDocument }: ReviewHeadProps) {
  const t = useTranslate();
  const failing = desk.identities.filter(({ state }) => state === 'fails');
  const isAsked = failing.some(({ id }) => desk.questions.get(`check:${id}`)?.isOpen ?? true);
  const agency = desk.cells.get('meta:agency_name')?.value;
  const year = desk.cells.get('meta:year')?.value;
  const { form, error } = desk.record;
  return (
    <div class="review-head">
      <h1>
        {typeof agency === 'string' ? (
          <a href={link(['agencies', agency])}>{agency}</a>
        ) : (
          showName(desk.view.path ?? desk.view.uri ?? desk.view.id)
        )}
        {year !== null && year !== undefined && ` · ${year}`}
      </h1>
      <span class="chip accent">{form === null ? t('review.noForm') : t('review.formTag', { form })}</span>
      {error && <span class="chip bad">{t('review.failed', { code: error.code })}</span>}
      {desk.identities.length > 0 && (
        <span class={`chip ${isAsked ? 'bad' : 'good'}`} data-testid="failing-count">
          {nameFailing(failing.length, isAsked, t)}
        </span>
      )}
      <span class={`chip ${desk.doubtful.length > 0 ? 'warn' : 'good'}`} data-testid="doubtful-count">
        {desk.doubtful.length === 0
          ? t('review.noneDoubtful')
          : t('review.doubtful', { count: desk.doubtful.length, total: desk.cells.size })}
      </span>
      {desk.settledCount > 0 && (
        <span class="chip good" data-testid="settled-count">
          {t('review.settled', { count: desk.settledCount })}
        </span>
      )}
      {others > 0 && (
        <span class="chip warn" role="status">
          {t('review.others', { count: others })}
        </span>
      )}
      <span class="spacer" />
      <button type="button" class="button" onClick={onNextDocument}>
        <kbd>n</kbd> {t('review.nextDocument')}
      </button>
    </div>
  );
}

function nameFailing(count: number, isAsked: boolean, t: Translate): string {
  if (count === 0) return t('review.identitiesHold');
  if (!isAsked) return t('review.identitiesAsPrinted', { count });
  return count === 1 ? t('review.identityFails1') : t('review.identityFails', { count });
}
