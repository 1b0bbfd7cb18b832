import { useState } from 'preact/hooks';
import { giveToken, needsToken } from '../api/client.js';
import { useStore } from '../app/store.js';
import { useTranslate } from '../i18n/translate.js';
import { Dialog } from './dialog.js';

/** Asks for the access token where the server wants one. */
export function TokenDialog() {
  const t = useTranslate();
  const [token, setToken] = useState('');
  if (!useStore(needsToken)) return null;
  const submit = (event: Event): void => {
    event.preventDefault();
    giveToken(token);
    location.reload();
  };
  return (
    <Dialog title={t('app.token')} onClose={() => needsToken.set(false)}>
      <form class="toolbar" onSubmit={submit}>
        <label class="grow">
          {t('app.tokenNeeded')}
          <input
            type="password"
            autocomplete="off"
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button primary">
          {t('app.tokenUse')}
        </button>
      </form>
    </Dialog>
  );
}
