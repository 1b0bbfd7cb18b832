import { ApiError } from '../api/client.js';
import type { Loaded } from '../app/use-load.js';
import { useTranslate } from '../i18n/translate.js';

/** Says that something is on its way or that it failed; nothing once it is there. */
export function Waiting({
  loaded,
  onRetry,
}: {
  readonly loaded: Loaded<unknown>;
  readonly onRetry?: () => void;
}) {
  const t = useTranslate();
  if (loaded.state === 'loading') {
    return loaded.data === null ? (
      <p class="muted" role="status">
        {t('app.loading')}
      </p>
    ) : null;
  }
  if (loaded.state === 'ready') return null;
  return (
    <p class="notice bad" role="alert">
      {t('app.failed')}: {reasonOf(loaded.error, t('app.offline'))}{' '}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {t('app.retry')}
        </button>
      )}
    </p>
  );
}

function reasonOf(error: unknown, offline: string): string {
  if (error instanceof ApiError) return error.status === 0 ? offline : `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
