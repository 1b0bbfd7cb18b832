import type { usePages } from '../app/use-pages.js';
import { useTranslate } from '../i18n/translate.js';

/** Brings the next page of a listing, where there is one. */
export function MoreButton({
  pages,
}: {
  readonly pages: Pick<ReturnType<typeof usePages>, 'hasMore' | 'showMore'>;
}) {
  const t = useTranslate();
  if (!pages.hasMore) return null;
  return (
    <button type="button" class="button" onClick={() => void pages.showMore()}>
      {t('app.more')}
    </button>
  );
}
