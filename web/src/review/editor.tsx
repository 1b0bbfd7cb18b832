import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../i18n/translate.js';
import { parseAnswer, showValue, type CellState } from './cells.js';
import { keepTyping, loadTyping } from './typing.js';
import type { Desk } from './use-desk.js';

/** Takes another value, and a reason who wants to give one; what is typed shows at once in the sums. */
export function Editor({ desk, cell }: { readonly desk: Desk; readonly cell: CellState }) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(desk.typedFirst ?? showValue(cell.value, cell.status));
  const [reason, setReason] = useState(() => loadTyping(desk.view.id)?.reason ?? '');
  const parsed = parseAnswer(typed, cell);
  const change = (text: string): void => {
    setTyped(text);
    keepTyping(desk.view.id, { id: cell.id, value: text, reason });
    const answer = parseAnswer(text, cell);
    desk.preview(answer && { ...answer, reason: null });
  };
  const explain = (words: string): void => {
    setReason(words);
    keepTyping(desk.view.id, { id: cell.id, value: typed, reason: words });
  };
  // Before the next key can come: what is typed at once must not be lost.
  useLayoutEffect(() => {
    if (desk.typedFirst === null) input.current?.select();
    else {
      input.current?.focus();
      change(desk.typedFirst);
    }
  }, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (parsed) desk.save({ ...parsed, reason: reason.trim() === '' ? null : reason.trim() });
  };
  return (
    <form class="editor" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && desk.cancel()}>
      <input
        ref={input}
        class={`editor-value${cell.target === 'meta' ? ' worded' : ''}`}
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
        onInput={(event) => explain(event.currentTarget.value)}
      />
      <button type="submit" class="button primary" disabled={parsed === null}>
        {t('review.save')}
      </button>
      <button type="button" class="button" onClick={() => desk.cancel()}>
        {t('review.cancel')}
      </button>
      <p class={parsed === null ? 'small bad-text' : 'small muted'}>
        {parsed === null ? t('review.badNumber') : cell.target === 'field' && t('review.editHint')}
      </p>
    </form>
  );
}
