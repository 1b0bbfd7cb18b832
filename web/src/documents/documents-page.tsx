import { useState } from 'preact/hooks';
import { exportAddress, fetchDocuments, reprocess } from '../api/routes.js';
import type { DocumentQuery, DocumentRow } from '../api/types.js';
import { link, replaceAddress } from '../app/router.js';
import { usePages } from '../app/use-pages.js';
import { DownloadLink } from '../components/download-link.js';
import { MoreButton } from '../components/more-button.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';
import { DocumentTable } from './document-table.js';
import { DocumentFilters } from './document-filters.js';
import { UploadArea } from './upload-area.js';

/** Every document: search, filter, sort, upload, read again. */
export function DocumentsPage({ query }: { readonly query: URLSearchParams }) {
  const t = useTranslate();
  const asked = askedFor(query);
  const list = usePages(`documents ${JSON.stringify(asked)}`, (cursor, signal) =>
    fetchDocuments({ ...asked, cursor }, signal),
  );
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('documents.title')}</h1>
        <span class="spacer" />
        {['csv', 'xlsx', 'jsonl'].map((format) => (
          <DownloadLink
            class="button"
            address={exportAddress(format, asked)}
            name={`gongkai.${format}`}
            key={format}
          >
            {t('documents.export')} {format.toUpperCase()}
          </DownloadLink>
        ))}
      </div>
      <UploadArea onDone={list.reload} />
      <DocumentFilters query={asked} onChange={(changed) => replaceAddress(link(['documents'], changed))} />
      <section class="card">
        <Waiting loaded={list.loaded} onRetry={list.reload} />
        <DocumentList list={list} />
      </section>
    </div>
  );
}

function DocumentList({ list }: { readonly list: ReturnType<typeof usePages<DocumentRow>> }) {
  const t = useTranslate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [notice, setNotice] = useState<string | null>(null);
  const [batch, setBatch] = useState('');
  const readAgain = async (): Promise<void> => {
    const count = await reprocess([...selected], batch.trim());
    const rest = selected.size - count;
    const isAll = rest === 0 ? '' : t('documents.upToDate', { count: rest });
    setNotice(`${t('documents.reprocessed', { count })} ${isAll}`);
    setSelected(new Set());
    list.reload();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    readAgain().catch((error: unknown) => setNotice(error instanceof Error ? error.message : String(error)));
  };
  return (
    <>
      {list.rows.length > 0 && (
        <form class="page-head" onSubmit={submit}>
          <button type="submit" class="button" disabled={selected.size === 0}>
            {t('documents.reprocess')} ({selected.size})
          </button>
          <input
            class="batch"
            aria-label={t('documents.batch')}
            placeholder={t('documents.batch')}
            value={batch}
            onInput={(event) => setBatch(event.currentTarget.value)}
          />
          {notice !== null && <span role="status">{notice}</span>}
        </form>
      )}
      <DocumentTable
        rows={list.rows}
        selected={selected}
        onSelect={setSelected}
        isLoaded={list.loaded.data !== null}
      />
      <MoreButton pages={list} />
    </>
  );
}

function askedFor(query: URLSearchParams): DocumentQuery {
  const { q, form, year, state, sort } = Object.fromEntries(query) as Partial<Record<string, string>>;
  return {
    q: q ?? null,
    form: form ?? null,
    year: year ?? null,
    state: state ?? null,
    sort: sort ?? null,
    cursor: null,
  };
}
