import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';
import { Dialog } from './dialog.js';

const KEYS: readonly (readonly [readonly string[], MessageKey])[] = [
  [['j', 'k'], 'help.move'],
  [['←', '↑', '→', '↓'], 'help.arrows'],
  [['Enter'], 'help.accept'],
  [['e'], 'help.edit'],
  [['u'], 'help.undo'],
  [['A'], 'help.above'],
  [['n'], 'help.document'],
  [['Esc'], 'help.escape'],
  [['?'], 'help.help'],
];

/** The keys of the review view. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <dl class="key-list">
        {KEYS.map(([keys, name]) => (
          <>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(name)}</dd>
          </>
        ))}
      </dl>
    </Dialog>
  );
}
