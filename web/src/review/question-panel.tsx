import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { link } from '../app/router.js';
import { isMessageKey, useTranslate, type Translate } from '../i18n/translate.js';
import type { CHECK_ANSWERS, RUN_ANSWERS } from '../../../src/model/run.js';
import { DeskKeys, type DeskAction } from './desk-keys.js';
import { describeSums, nameIdentity, placeOfIdentity } from './identity-names.js';
import type { QuestionState } from './questions.js';
import { keepTyping, loadTyping } from './typing.js';
import type { Desk } from './use-desk.js';

type AnswerCode = (typeof CHECK_ANSWERS)[number] | (typeof RUN_ANSWERS)[number];

const ANSWERS: Readonly<Record<QuestionState['target'], readonly AnswerCode[]>> = {
  check: ['as_printed'],
  run: ['not_a_report', 'unusable', 'report_2014', 'report_2019', 'report_2021', 'report_other'],
};

/** Answers a question about the document by the place of the answer in its list, counted from 1. */
export function answerByDigit(desk: Desk, digit: string): void {
  const code = desk.question?.target === 'run' ? ANSWERS.run[Number(digit) - 1] : undefined;
  if (code !== undefined) desk.answer(code, null);
}

/** A failed check or a document that nobody could read, and what can be said of it. */
export function QuestionPanel({ desk, question }: { readonly desk: Desk; readonly question: QuestionState }) {
  const t = useTranslate();
  const [reason, setReason] = useState(() => typedFor(desk, question) ?? question.why ?? '');
  const explain = (words: string): void => {
    setReason(words);
    keepTyping(desk.view.id, { id: question.id, value: null, reason: words });
  };
  const { target } = question;
  return (
    <section class="detail question" aria-label={nameQuestion(desk, question, t)} data-testid="question">
      <div class="detail-value">
        <h2 class="small muted">{nameQuestion(desk, question, t)}</h2>
        <p class="big-value">
          <strong class="worded">
            {question.identity ? describeSums(question.identity) : question.reason}
          </strong>
        </p>
        <Standing question={question} />
      </div>
      <div>
        <h2 class="small muted">{t(`review.ask.${target}`)}</h2>
        <div class="answers" data-field={target === 'run' ? question.id : undefined} tabIndex={-1}>
          {ANSWERS[target].map((code, index) => (
            <button
              type="button"
              class={`button${question.answer === code ? ' primary' : ''}`}
              data-field={target === 'check' ? question.id : undefined}
              aria-pressed={question.answer === code}
              onClick={() => desk.answer(code, wordsOf(reason))}
              key={code}
            >
              <kbd>{target === 'check' ? 'Enter' : index + 1}</kbd> {t(`answer.${code}`)}
            </button>
          ))}
        </div>
        <Reason
          {...{ desk, reason, onChange: explain }}
          onEnter={(typed) => target === 'check' && desk.answer('as_printed', wordsOf(typed))}
        />
      </div>
      <DeskKeys actions={actionsFor(desk, t)}>
        <a class="button quiet" href={link(['documents', desk.view.id, 'history', question.id])}>
          {t('review.history')}
        </a>
      </DeskKeys>
    </section>
  );
}

function typedFor(desk: Desk, { id }: QuestionState): string | null {
  const typing = loadTyping(desk.view.id);
  return typing?.id === id ? typing.reason : null;
}

function wordsOf(reason: string): string | null {
  const words = reason.trim();
  return words === '' ? null : words;
}

/** What a question is about: a sum of the form, or the document. */
function nameQuestion(desk: Desk, { target, key, identity }: QuestionState, t: Translate): string {
  if (target === 'run') return t('review.aboutDocument');
  if (!identity) return key;
  return `${placeOfIdentity(identity, desk.names)}: ${nameIdentity(identity, desk.names, t)}`;
}

function Standing({ question }: { readonly question: QuestionState }) {
  const t = useTranslate();
  const { settled, author, answer, why, isReopened } = question;
  const code = `answer.${answer ?? ''}`;
  return (
    <p class="small muted">
      {settled === 'saved' && (
        <span class="chip good">✓ {t('review.settledBy', { author: author ?? '' })}</span>
      )}
      {settled === 'draft' && <span class="chip warn">{t('review.draft')}</span>}
      {isReopened && <span class="chip warn">{t('review.seenChanged')}</span>}{' '}
      {[isMessageKey(code) ? t(code) : null, why].filter((part) => part !== null).join(' · ')}
    </p>
  );
}

interface ReasonProps {
  readonly desk: Desk;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
  /** Given what is typed now, which `reason` may not hold yet. */
  readonly onEnter: (typed: string) => void;
}

/** Why, for who wants to say it; `e` leads here. */
function Reason({ desk, reason, onChange, onEnter }: ReasonProps) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  // Before the next key can come: what is typed at once must not be lost.
  useLayoutEffect(() => {
    if (desk.isEditing) input.current?.focus();
  }, [desk.isEditing]);
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') desk.cancel();
    if (event.key === 'Enter' && !event.isComposing) onEnter(event.currentTarget.value);
  };
  return (
    <input
      ref={input}
      class="reason"
      aria-label={t('review.reason')}
      placeholder={t('review.reason')}
      value={reason}
      onInput={(event) => onChange(event.currentTarget.value)}
      onKeyDown={press}
    />
  );
}

function actionsFor(desk: Desk, t: Translate): DeskAction[] {
  return [
    { keys: 'e', name: t('review.sayWhy'), run: () => desk.edit() },
    { keys: 'j', name: t('review.next'), run: () => desk.step(1) },
    { keys: 'k', name: t('review.previous'), run: () => desk.step(-1) },
    { keys: 'u', name: t('review.undo'), run: () => desk.undo() },
  ];
}
