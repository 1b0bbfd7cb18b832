import { fetchHistory } from '../api/routes.js';
import type { Moment } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { Waiting } from '../components/waiting.js';
import { isMessageKey, useTranslate } from '../i18n/translate.js';

interface HistoryPageProps {
  readonly documentId: string;
  /** `field:…` or `meta:…`. */
  readonly cell: string;
}

/** What every run read in one field and what every person answered, newest first; with the way to what changed. */
export function HistoryPage({ documentId, cell }: HistoryPageProps) {
  const t = useTranslate();
  const loaded = useLoad(`history ${documentId} ${cell}`, (signal) => fetchHistory(documentId, cell, signal));
  const key = cell.slice(cell.indexOf(':') + 1);
  const metaKey = `meta.${key}`;
  const newest = loaded.data?.find(({ kind, isCurrent }) => kind === 'run' && isCurrent);
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('history.title', { field: isMessageKey(metaKey) ? t(metaKey) : key })}</h1>
        <span class="spacer" />
        <a class="button" href={link(['documents', documentId])}>
          {t('history.back')}
        </a>
      </div>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {loaded.data && (
        <section class="card table-wrap">
          {loaded.data.length === 0 && <p class="muted">{t('history.none')}</p>}
          <table class="list">
            <thead>
              <tr>
                {(['when', 'what', 'value', 'who', 'why'] as const).map((head) => (
                  <th scope="col" key={head}>
                    {t(`history.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {loaded.data.map((moment) => (
                <MomentRow key={`${moment.at} ${moment.id}`} moment={moment} newest={newest ?? null} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function MomentRow({ moment, newest }: { readonly moment: Moment; readonly newest: Moment | null }) {
  const t = useTranslate();
  const isRun = moment.kind === 'run';
  return (
    <tr>
      <td>{new Date(moment.at).toLocaleString()}</td>
      <td>{isRun ? t('history.run', { version: moment.version ?? '' }) : t('history.correction')}</td>
      <td>
        <strong>{moment.value ?? (moment.status === null ? '–' : t(`review.${moment.status}`))}</strong>{' '}
        {moment.confidence !== null && <ConfidenceChip value={moment.confidence} />}
      </td>
      <td>{moment.author}</td>
      <td>
        {moment.reason}{' '}
        {moment.retractedAt !== null && <span class="chip warn">{t('history.retracted')}</span>}
        {moment.isCurrent && <span class="chip accent">{t('history.newest')}</span>}
        {isRun && newest !== null && newest !== moment && (
          <a href={link(['compare'], { a: moment.id, b: newest.id })}>{t('history.compare')}</a>
        )}
      </td>
    </tr>
  );
}
