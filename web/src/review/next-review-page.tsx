import { useEffect } from 'preact/hooks';
import { nextInReview } from '../api/routes.js';
import { link, replaceAddress } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';

/** Opens the document with the worst open question. */
export function NextReviewPage() {
  const t = useTranslate();
  const loaded = useLoad('next', () => nextInReview(null));
  useEffect(() => {
    if (loaded.state === 'ready' && loaded.data !== null) replaceAddress(link(['documents', loaded.data]));
  }, [loaded.state, loaded.data]);
  return (
    <div class="page">
      {loaded.state === 'ready' && loaded.data === null ? (
        <p class="card">{t('overview.nothingToReview')}</p>
      ) : (
        <Waiting loaded={loaded} onRetry={loaded.reload} />
      )}
    </div>
  );
}
