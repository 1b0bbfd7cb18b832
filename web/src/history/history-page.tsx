import { fetchDocument, fetchForm, fetchHistory } from '../api/routes.js';
import type { Moment } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { ListTable, type ListColumn } from '../components/list-table.js';
import { Waiting } from '../components/waiting.js';
import { isMessageKey, useTranslate, type Translate } from '../i18n/translate.js';
import { namesOf, sheetsOf } from '../review/layout.js';

interface HistoryPageProps {
  readonly documentId: string;
  /** `field:…`, `meta:…`, `check:…` or `run:…`. */
  readonly cell: string;
}

const COLUMNS: readonly ListColumn[] = [
  'history.when',
  'history.what',
  'history.value',
  'history.who',
  'history.why',
];

/** What every run read in one field and what every person answered, newest first; with the way to what changed. */
export function HistoryPage({ documentId, cell }: HistoryPageProps) {
  const t = useTranslate();
  const loaded = useLoad(`history ${documentId} ${cell}`, (signal) => fetchHistory(documentId, cell, signal));
  const key = cell.slice(cell.indexOf(':') + 1);
  const metaKey = cell.startsWith('run:') ? 'review.aboutDocument' : `meta.${key}`;
  const named = useLoad(`name ${documentId} ${key}`, () => nameOfField(documentId, key));
  const name = isMessageKey(metaKey) ? t(metaKey) : (named.data ?? key);
  const newest = loaded.data?.find(({ kind, isCurrent }) => kind === 'run' && isCurrent);
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('history.title', { field: name })}</h1>
        <span class="spacer" />
        <a class="button" href={link(['documents', documentId])}>
          {t('history.back')}
        </a>
      </div>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {loaded.data && (
        <section class="card">
          {loaded.data.length === 0 && <p class="muted">{t('history.none')}</p>}
          <ListTable columns={COLUMNS}>
            {loaded.data.map((moment) => (
              <MomentRow key={`${moment.at} ${moment.id}`} moment={moment} newest={newest ?? null} />
            ))}
          </ListTable>
        </section>
      )}
    </div>
  );
}

/** What the form calls a field: its row and column; the key where no form has it, as for checks. */
async function nameOfField(documentId: string, key: string): Promise<string> {
  const { record } = await fetchDocument(documentId);
  if (!record?.form) return key;
  const name = namesOf(sheetsOf(await fetchForm(record.form))).get(key);
  return name ? `${name.row} · ${name.column}` : key;
}

/** A value as it is; an answer in words, and which lack of a number it is, in the reader's language. */
function nameValue({ value, status, kind }: Moment, t: Translate): string | number {
  const answer = `answer.${value ?? ''}`;
  if (kind === 'correction' && isMessageKey(answer)) return t(answer);
  return value ?? (status === null ? '–' : t(`review.${status}`));
}

function MomentRow({ moment, newest }: { readonly moment: Moment; readonly newest: Moment | null }) {
  const t = useTranslate();
  const isRun = moment.kind === 'run';
  return (
    <tr>
      <td>{new Date(moment.at).toLocaleString()}</td>
      <td>{isRun ? t('history.run', { version: moment.version ?? '' }) : t('history.correction')}</td>
      <td>
        <strong>{nameValue(moment, t)}</strong>{' '}
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
