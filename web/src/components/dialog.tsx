import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTranslate } from '../i18n/translate.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal window: the browser keeps the focus inside it, and Escape closes it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const t = useTranslate();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-label={title} onClose={onClose}>
      <div class="dialog-head">
        <h1>{title}</h1>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t('app.close')}
        </button>
      </div>
      {children}
    </dialog>
  );
}
