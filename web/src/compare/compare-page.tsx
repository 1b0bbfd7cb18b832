import { useState } from 'preact/hooks';
import { fetchBatches, fetchRunChanges, fetchBatchChanges } from '../api/routes.js';
import type { Batch, DocumentChange } from '../api/types.js';
import { showName } from '../app/format.js';
import { go, link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { ListTable, type ListColumn } from '../components/list-table.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate, type Translate } from '../i18n/translate.js';

const KINDS = ['value', 'status', 'confidence'] as const;
type Kind = (typeof KINDS)[number];

const COLUMNS: readonly ListColumn[] = ['compare.kind', 'compare.key', 'compare.before', 'compare.after'];

/** Two runs (`a`, `b`) or two batches (`before`, `after`) side by side, changes only. */
export function ComparePage({ query }: { readonly query: URLSearchParams }) {
  const t = useTranslate();
  const { a, b, before, after } = Object.fromEntries(query) as Partial<Record<string, string>>;
  const batches = useLoad('batches', (signal) => fetchBatches(signal));
  const areRuns = a !== undefined && b !== undefined;
  const areBatches = before !== undefined && after !== undefined;
  const key = areRuns ? `runs ${a} ${b}` : areBatches ? `batches ${before} ${after}` : null;
  const changes = useLoad(key, (signal) =>
    areRuns ? fetchRunChanges(a, b, signal) : fetchBatchChanges(before ?? '', after ?? '', signal),
  );
  return (
    <div class="page">
      <h1>{t('compare.title')}</h1>
      <BatchChooser
        batches={batches.data ?? []}
        before={before ?? ''}
        after={after ?? ''}
        key={`${before} ${after}`}
      />
      {key === null ? (
        <p class="muted">
          {t('compare.pick')} {batches.data !== null && batches.data.length < 2 && t('compare.fewBatches')}
        </p>
      ) : (
        <section class="card">
          <Waiting loaded={changes} onRetry={changes.reload} />
          {changes.data && <Changes changes={changes.data} showDocument={!areRuns} key={key} />}
        </section>
      )}
    </div>
  );
}

interface BatchChooserProps {
  readonly batches: readonly Batch[];
  readonly before: string;
  readonly after: string;
}

function BatchChooser({ batches, before, after }: BatchChooserProps) {
  const t = useTranslate();
  const [chosen, setChosen] = useState({ before, after });
  const choose = (side: 'before' | 'after') => (
    <label class="grow">
      {t(`compare.${side}`)}
      <select
        value={chosen[side]}
        onChange={(event) => setChosen({ ...chosen, [side]: event.currentTarget.value })}
      >
        <option value="">–</option>
        {batches.map(({ name }) => (
          <option value={name} key={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
  const submit = (event: Event): void => {
    event.preventDefault();
    go(link(['compare'], chosen));
  };
  return (
    <form class="toolbar card" aria-label={t('compare.batches')} onSubmit={submit}>
      {choose('before')}
      {choose('after')}
      <button type="submit" class="button primary" disabled={chosen.before === '' || chosen.after === ''}>
        {t('compare.go')}
      </button>
    </form>
  );
}

interface ChangesProps {
  readonly changes: readonly DocumentChange[];
  readonly showDocument: boolean;
}

function Changes({ changes, showDocument }: ChangesProps) {
  const t = useTranslate();
  const [kinds, setKinds] = useState<ReadonlySet<Kind>>(() => kindsToShow(changes));
  if (changes.length === 0) return <p>{t('compare.same')}</p>;
  const toggle = (kind: Kind): void => {
    const after = new Set(kinds);
    if (!after.delete(kind)) after.add(kind);
    setKinds(after);
  };
  const shown = changes.filter(({ what }) => kinds.has(what));
  return (
    <>
      <div class="toolbar" role="group" aria-label={t('compare.filter')}>
        <strong>{t('compare.changes', { count: shown.length })}</strong>
        {KINDS.map((kind) => (
          <button
            type="button"
            class={`button${kinds.has(kind) ? ' primary' : ''}`}
            aria-pressed={kinds.has(kind)}
            key={kind}
            onClick={() => toggle(kind)}
          >
            {t(`compare.${kind}`)} {changes.filter(({ what }) => what === kind).length}
          </button>
        ))}
      </div>
      <ChangeTable changes={shown} showDocument={showDocument} />
    </>
  );
}

/** What stands on one side; of a document that one batch has no finished run of, just that. */
function nameSide({ kind, key }: DocumentChange, side: string, t: Translate): string {
  if (kind !== 'record' || key !== 'run') return side;
  return t(side === 'none' ? 'compare.notRead' : 'compare.read');
}

/** Values and status, since confidences move with every version; those only where nothing else differs. */
function kindsToShow(changes: readonly DocumentChange[]): ReadonlySet<Kind> {
  const differs = changes.some(({ what }) => what !== 'confidence');
  return new Set(differs ? ['value', 'status'] : ['confidence']);
}

function ChangeTable({ changes, showDocument }: ChangesProps) {
  const t = useTranslate();
  return (
    <ListTable columns={showDocument ? ['compare.document', ...COLUMNS] : COLUMNS}>
      {changes.map((change, index) => (
        <tr key={index}>
          {showDocument && (
            <td>
              {change.documentId !== '' && (
                <a href={link(['documents', change.documentId])}>{showName(change.documentName)}</a>
              )}
            </td>
          )}
          <td>{t(`compare.kind.${change.kind}`)}</td>
          <td>
            <code>{change.key}</code>
          </td>
          <td>{nameSide(change, change.before, t)}</td>
          <td>
            <strong>{nameSide(change, change.after, t)}</strong>
          </td>
        </tr>
      ))}
    </ListTable>
  );
}
