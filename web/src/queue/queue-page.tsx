import { useState } from 'preact/hooks';
import { fetchDeadLetters, fetchStatus, retryDeadLetter } from '../api/routes.js';
import type { DeadLetter } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { useProgress } from '../app/use-progress.js';
import { Figure } from '../components/figure.js';
import { ListTable } from '../components/list-table.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';

/** What waits, how fast it goes, and what was given up on. */
export function QueuePage() {
  const t = useTranslate();
  const loaded = useLoad('queue', async (signal) => ({
    status: await fetchStatus(signal),
    dead: await fetchDeadLetters(signal),
  }));
  const live = useProgress();
  const status = live ?? loaded.data?.status;
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('queue.title')}</h1>
        {live && <span class="chip good">{t('queue.live')}</span>}
        {status?.isShared && (
          <a class="button" href="/admin/queues">
            {t('queue.board')}
          </a>
        )}
      </div>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {status && (
        <section class="card figures" aria-label={t('queue.title')}>
          <Figure value={status.pending} name={t('queue.waiting')} />
          <Figure value={status.finishedLastMinute} name={t('queue.perMinute')} />
          <Figure value={status.finishedLastHour} name={t('queue.perHour')} />
          <Figure value={status.runs} name={t('queue.runs')} />
        </section>
      )}
      {loaded.data && <DeadLetters letters={loaded.data.dead} onRetried={loaded.reload} />}
    </div>
  );
}

interface DeadLettersProps {
  readonly letters: readonly DeadLetter[];
  readonly onRetried: () => void;
}

function DeadLetters({ letters, onRetried }: DeadLettersProps) {
  const t = useTranslate();
  const [problem, setProblem] = useState<string | null>(null);
  const retry = (runKey: string): void => {
    retryDeadLetter(runKey).then(onRetried, (error: unknown) => setProblem(String(error)));
  };
  return (
    <section class="card">
      <h2>{t('queue.dead')}</h2>
      <p class="small muted">{t('queue.deadHint')}</p>
      {problem !== null && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      {letters.length === 0 ? (
        <p>{t('queue.noDead')}</p>
      ) : (
        <ListTable
          columns={['queue.code', 'queue.message', '#queue.tries', 'compare.document']}
          after={<td />}
        >
          {letters.map((letter) => (
            <tr key={letter.runKey}>
              <td>
                <code>{letter.code}</code>
              </td>
              <td>{letter.message}</td>
              <td class="number">{letter.tries}</td>
              <td>
                <a href={link(['documents', letter.documentId])}>{letter.documentId.slice(0, 12)}</a>
              </td>
              <td>
                <button type="button" class="button" onClick={() => retry(letter.runKey)}>
                  {t('app.retry')}
                </button>
              </td>
            </tr>
          ))}
        </ListTable>
      )}
    </section>
  );
}
