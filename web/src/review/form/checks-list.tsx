import { useTranslate } from '../../i18n/translate.js';
import { formatNumber } from '../cells.js';
import type { Desk } from '../use-desk.js';

/** Every failed identity as it stands now, then the run's other checks that did not pass. */
export function ChecksList({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const known = new Set(desk.identities.map(({ id }) => id));
  const failing = desk.identities.filter(({ state }) => state === 'fails');
  const others = desk.record.checks.filter(
    (check) => !known.has(check.id) && (check.status === 'failed' || check.note),
  );
  return (
    <div class="checks">
      {failing.length === 0 && <p class="chip good">{t('review.identitiesHold')}</p>}
      <ul>
        {failing.map((identity) => (
          <li key={identity.id}>
            <button
              type="button"
              class="button quiet"
              onClick={() => desk.select(`field:${identity.right[0] ?? ''}`)}
            >
              <span class="chip bad">✗</span> <code>{identity.id}</code> {formatNumber(identity.leftSum ?? 0)}{' '}
              ≠ {formatNumber(identity.rightSum ?? 0)}
            </button>
          </li>
        ))}
        {others.map((check) => (
          <li key={check.id}>
            <span class={check.status === 'failed' ? 'chip bad' : 'chip warn'}>
              {check.status === 'failed' ? '✗' : '?'}
            </span>{' '}
            <code>{check.id}</code> {check.note}
            {check.left !== null && check.right !== null && ` (${check.left} / ${check.right})`}
          </li>
        ))}
      </ul>
    </div>
  );
}
