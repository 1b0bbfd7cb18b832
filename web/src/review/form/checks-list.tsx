import { useTranslate } from '../../i18n/translate.js';
import { describeSums, nameIdentity, placeOfIdentity } from '../identity-names.js';
import type { QuestionState } from '../questions.js';
import type { Desk } from '../use-desk.js';

/** Every failed check as it stands now, those first that nobody has said anything about. */
export function ChecksList({ desk }: { readonly desk: Desk }) {
  const t = useTranslate();
  const checks = [...desk.questions.values()].filter(({ target }) => target === 'check');
  const inOrder = [...checks.filter(({ isOpen }) => isOpen), ...checks.filter(({ isOpen }) => !isOpen)];
  return (
    <div class="checks">
      {checks.length === 0 && <p class="chip good">{t('review.identitiesHold')}</p>}
      <ul>
        {inOrder.map((question) => (
          <li key={question.id}>
            <button
              type="button"
              class={`check${desk.selected === question.id ? ' selected' : ''}`}
              title={question.key}
              onClick={() => desk.select(question.id)}
            >
              <span class={`chip ${question.isOpen ? 'bad' : 'good'}`}>{question.isOpen ? '✗' : '✓'}</span>
              <CheckName desk={desk} question={question} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function CheckName({ desk, question }: { readonly desk: Desk; readonly question: QuestionState }) {
  const t = useTranslate();
  const { identity, isOpen, reason } = question;
  const said = isOpen ? '' : ` · ${t('answer.as_printed')}`;
  if (!identity) return <span>{`${reason ?? ''}${said}`}</span>;
  return (
    <>
      <span>
        <span class="muted">{placeOfIdentity(identity, desk.names)}</span>{' '}
        {nameIdentity(identity, desk.names, t)}
        <span class="muted">{said}</span>
      </span>
      <strong class={isOpen ? 'bad-text' : 'muted'}>{describeSums(identity)}</strong>
    </>
  );
}
