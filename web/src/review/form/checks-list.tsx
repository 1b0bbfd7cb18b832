import { useTranslate } from '../../i18n/translate.js';
import { formatNumber } from '../cells.js';
import type { IdentityNow } from '../identities.js';
import { nameIdentity, placeOfIdentity } from '../identity-names.js';
import type { Desk } from '../use-desk.js';

/** Every failed identity as it stands now, then the run's other checks that did not pass. */
export function ChecksList({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const known = new Set(desk.identities.map(({ id }) => id));
  const failing = desk.identities.filter(({ state }) => state === 'fails');
  const others = desk.record.checks.filter(({ id, status }) => !known.has(id) && status === 'failed');
  return (
    <div class="checks">
      {failing.length === 0 && <p class="chip good">{t('review.identitiesHold')}</p>}
      <ul>
        {failing.map((identity) => (
          <FailedIdentity key={identity.id} desk={desk} identity={identity} />
        ))}
        {others.map(({ id, note, left, right, fields }) => (
          <li key={id}>
            <button
              type="button"
              class="check"
              disabled={fields.length === 0}
              onClick={() => desk.select(`field:${fields[0] ?? ''}`)}
            >
              <span class="chip warn">?</span>
              <span>{note ?? id}</span>
              <strong>{left !== null && right !== null && `${left} / ${right}`}</strong>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FailedIdentityProps {
  readonly desk: Desk;
  readonly identity: IdentityNow;
}

function FailedIdentity({ desk, identity }: FailedIdentityProps) {
  const t = useTranslate();
  const { id, leftSum, rightSum, right } = identity;
  return (
    <li>
      <button type="button" class="check" title={id} onClick={() => desk.select(`field:${right[0] ?? ''}`)}>
        <span class="chip bad">✗</span>
        <span>
          <span class="muted">{placeOfIdentity(identity, desk.names)}</span>{' '}
          {nameIdentity(identity, desk.names, t)}
        </span>
        <strong class="bad-text">
          {formatNumber(leftSum ?? 0)} ≠ {formatNumber(rightSum ?? 0)}
        </strong>
      </button>
    </li>
  );
}
