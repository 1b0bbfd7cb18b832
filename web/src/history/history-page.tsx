import { fetchDocument, fetchHistory } from '../api/routes.js';
import type { Moment } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { Waiting } from '../components/waiting.js';
import { isMessageKey, useTranslate } from '../i18n/translate.js';

interface HistoryPageProps {
  readonly documentId: string;
  /** `field:…` or `meta:…`; null shows the document's runs only. */
  readonly cell: string | null;
}

/** What every run read in one field and what every person answered, newest first; and the document's runs. */
export function HistoryPage({ documentId, cell }: HistoryPageProps) {
  const t = useTranslate();
  const loaded = useLoad(`history ${documentId} ${cell ?? ''}`, async (signal) => {
    const view = await fetchDocument(documentId, signal);
    return { view, moments: await fetchHistory(view, cell, signal) };
  });
  const key = cell?.slice(cell.indexOf(':') + 1) ?? documentId.slice(0, 12);
  const metaKey = `meta.${key}`;
  const runs = loaded.data?.moments.filter((moment) => moment.kind === 'run') ?? [];
  const newest = runs[0];
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
          {loaded.data.moments.length === 0 && <p class="muted">{t('history.none')}</p>}
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
              {loaded.data.moments.map((moment) => (
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
        <strong>{moment.value}</strong>{' '}
        {moment.confidence !== null && <ConfidenceChip value={moment.confidence} />}
      </td>
      <td>{moment.author}</td>
      <td>
        {moment.reason}
        {isRun && newest === moment && <span class="chip accent">{t('history.newest')}</span>}
        {isRun && newest !== null && newest !== moment && (
          <a href={link(['compare'], { a: moment.id, b: newest.id })}>{t('history.compare')}</a>
        )}
      </td>
    </tr>
  );
}
