import { fetchStats, fetchStatus } from '../api/routes.js';
import type { Stats, Status } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { useProgress } from '../app/use-progress.js';
import { Figure } from '../components/figure.js';
import { Waiting } from '../components/waiting.js';
import { useTranslate } from '../i18n/translate.js';
import {
  ConfidenceChart,
  CoverageChart,
  FailuresChart,
  ReliabilityChart,
  ThroughputChart,
} from './overview-charts.js';

/** How everything stands, in figures and charts. */
export function OverviewPage() {
  const t = useTranslate();
  const loaded = useLoad('overview', async (signal) => {
    const [status, stats] = await Promise.all([fetchStatus(signal), fetchStats(signal)]);
    return { status, stats };
  });
  const live = useProgress() ?? loaded.data?.status;
  return (
    <div class="page">
      <div class="page-head">
        <h1>{t('overview.title')}</h1>
        <span class="spacer" />
        <a class="button primary" href={link(['review'])}>
          {t('overview.startReview')}
        </a>
      </div>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {live && <StatusFigures status={live} />}
      {loaded.data && live && <Charts stats={loaded.data.stats} status={live} />}
    </div>
  );
}

function StatusFigures({ status }: { readonly status: Status }) {
  const t = useTranslate();
  return (
    <section class="card figures" aria-label={t('overview.title')}>
      <Figure value={status.documents} name={t('overview.documents')} href={link(['documents'])} />
      <Figure
        value={status.currentDone}
        name={t('overview.done')}
        href={link(['documents'], { state: 'done' })}
      />
      <Figure
        value={status.currentFailed}
        name={t('overview.failed')}
        href={link(['documents'], { state: 'failed' })}
      />
      <Figure value={status.pending} name={t('overview.pending')} href={link(['queue'])} />
      <Figure value={status.openReviewItems} name={t('overview.questions')} href={link(['review'])} />
      <Figure value={status.finishedLastMinute} name={t('overview.lastMinute')} />
    </section>
  );
}

function Charts({ stats, status }: { readonly stats: Stats; readonly status: Status }) {
  const t = useTranslate();
  const settled = stats.reliability.reduce((sum, bin) => sum + bin.settled, 0);
  const failures = Object.keys(status.failuresByCode).length;
  return (
    <div class="grid-2">
      <section class="card">
        <h2>{t('overview.throughput')}</h2>
        {stats.throughput.length === 0 ? (
          <p class="muted">{t('overview.idle')}</p>
        ) : (
          <ThroughputChart stats={stats} />
        )}
      </section>
      <section class="card">
        <h2>{t('overview.confidence')}</h2>
        <ConfidenceChart stats={stats} />
      </section>
      <section class="card">
        <h2>{t('overview.coverage')}</h2>
        <CoverageChart stats={stats} />
      </section>
      <section class="card">
        <h2>{t('overview.failures')}</h2>
        {failures === 0 ? <p class="muted">{t('overview.noFailures')}</p> : <FailuresChart status={status} />}
      </section>
      <section class="card">
        <h2>{t('overview.reliability')}</h2>
        {settled === 0 ? (
          <p class="muted">{t('overview.noSettled')}</p>
        ) : (
          <>
            <p class="small muted">{t('overview.reliabilityHint')}</p>
            <ReliabilityChart stats={stats} />
          </>
        )}
      </section>
    </div>
  );
}
