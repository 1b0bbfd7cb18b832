import type { ComponentChildren } from 'preact';
import { useTranslate } from '../i18n/translate.js';

/** What a key does, as a button for who points. */
export interface DeskAction {
  readonly keys: string;
  readonly name: string;
  readonly run: () => void;
}

interface DeskKeysProps {
  readonly actions: readonly DeskAction[];
  readonly children: ComponentChildren;
}

/** The keys that work on what is selected. */
export function DeskKeys({ actions, children }: DeskKeysProps) {
  const t = useTranslate();
  return (
    <div class="detail-actions" role="group" aria-label={t('review.keys')}>
      {actions.map(({ keys, name, run }) => (
        <button type="button" class="button quiet" key={keys} onClick={run}>
          <kbd>{keys}</kbd> {name}
        </button>
      ))}
      {children}
    </div>
  );
}
