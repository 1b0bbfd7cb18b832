import { fetchReviewDocuments } from '../../api/routes.js';
import type { ReviewDocument } from '../../api/types.js';
import { showName } from '../../app/format.js';
import { go, link } from '../../app/router.js';
import { useStore } from '../../app/store.js';
import { usePages } from '../../app/use-pages.js';
import { ConfidenceChip } from '../../components/confidence-chip.js';
import { ListTable, type ListColumn } from '../../components/list-table.js';
import { MoreButton } from '../../components/more-button.js';
import { Waiting } from '../../components/waiting.js';
import { useTranslate } from '../../i18n/translate.js';
import { useKeys } from '../use-keys.js';
import { QueueFilters } from './queue-filters.js';
import { isFiltered, reviewFilter } from './review-filter.js';

const COLUMNS: readonly ListColumn[] = [
  'documents.agency',
  'documents.year',
  'documents.form',
  'documents.confidence',
  '#queueing.questions',
  'queueing.worst',
  '#documents.failedChecks',
];

/** Documents with open questions, the least sure first; `n` or Enter opens the first. */
export function ReviewQueuePage() {
  const t = useTranslate();
  const filter = useStore(reviewFilter);
  const pages = usePages(`review ${JSON.stringify(filter)}`, (cursor, signal) =>
    fetchReviewDocuments({ ...filter, cursor }, signal),
  );
  const [first] = pages.rows;
  const start = (): void => {
    if (first) go(link(['documents', first.documentId]));
  };
  useKeys({ n: start, Enter: start });
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('queueing.title')}</h1>
        <span class="spacer" />
        <button type="button" class="button primary" disabled={!first} onClick={start}>
          <kbd>n</kbd> {t('overview.startReview')}
        </button>
      </div>
      <QueueFilters filter={filter} onChange={(changed) => reviewFilter.set(changed)} />
      <section class="card">
        <Waiting loaded={pages.loaded} onRetry={pages.reload} />
        {pages.rows.length > 0 && <QueueTable rows={pages.rows} />}
        {pages.loaded.state === 'ready' && pages.rows.length === 0 && (
          <p class="muted">{isFiltered(filter) ? t('queueing.noneMatch') : t('overview.nothingToReview')}</p>
        )}
        <MoreButton pages={pages} />
      </section>
    </div>
  );
}

function QueueTable({ rows }: { readonly rows: readonly ReviewDocument[] }) {
  const t = useTranslate();
  return (
    <ListTable columns={COLUMNS}>
      {rows.map((row) => (
        <tr key={row.documentId}>
          <td>
            <a href={link(['documents', row.documentId])}>{row.agency ?? t('documents.unnamed')}</a>
            <div class="small muted">{showName(row.path ?? row.uri ?? '')}</div>
          </td>
          <td>{row.year}</td>
          <td>{row.form}</td>
          <td>{row.form !== null && <ConfidenceChip value={row.confidence} />}</td>
          <td class="number">{row.questions}</td>
          <td>
            <ConfidenceChip value={row.worst} />
          </td>
          <td class="number">{row.failedChecks}</td>
        </tr>
      ))}
    </ListTable>
  );
}
