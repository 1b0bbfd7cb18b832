import type { Stats, Status } from '../api/types.js';
import { Chart } from '../charts/chart.js';
import { axis, legend } from '../charts/scales.js';
import { useTranslate } from '../i18n/translate.js';

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Names the whole powers of ten only; the lines between need no name. */
function powerOfTen(value: string | number): string | null {
  return Number.isInteger(Math.log10(Number(value))) ? Number(value).toLocaleString('en') : null;
}

/** How many records have which confidence. */
export function ConfidenceChart({ stats }: { readonly stats: Stats }) {
  const t = useTranslate();
  const bins = stats.confidenceHistogram;
  const labels = bins.map(({ from, to }) => `${from}–${to}`);
  const counts = bins.map(({ count }) => count);
  return (
    <Chart
      title={t('overview.confidence')}
      version={JSON.stringify([bins, t('overview.records')])}
      table={{
        heads: [t('overview.confidenceAxis'), t('overview.records')],
        rows: bins.map((bin, i) => [labels[i] ?? '', bin.count]),
      }}
      config={(colours) => ({
        type: 'bar',
        data: {
          labels,
          datasets: [{ label: t('overview.records'), data: counts, backgroundColor: colours.accent }],
        },
        options: {
          plugins: { legend: legend(colours, false) },
          scales: {
            x: axis(colours, t('overview.confidenceAxis')),
            // Most records are sure; without a logarithm the doubtful ones could not be seen.
            y: axis(colours, t('overview.records'), {
              type: 'logarithmic',
              min: 0.8,
              max: 10 ** Math.ceil(Math.log10(Math.max(10, ...counts))),
              ticks: { color: colours.muted, callback: powerOfTen },
            }),
          },
        },
      })}
    />
  );
}

/** How many documents there are of each year, by form. */
export function CoverageChart({ stats }: { readonly stats: Stats }) {
  const t = useTranslate();
  const { coverage } = stats;
  const years = [...new Set(coverage.map(({ year }) => year))].sort((a, b) => (a ?? 0) - (b ?? 0));
  const forms = [...new Set(coverage.map(({ form }) => form))].sort();
  const nameOf = (form: string | null): string =>
    form === null ? t('overview.noForm') : t('review.formTag', { form });
  const labels = years.map((year) => String(year ?? '?'));
  const countOf = (year: number | null, form: string | null): number =>
    coverage.find((one) => one.year === year && one.form === form)?.count ?? 0;
  return (
    <Chart
      title={t('overview.coverage')}
      version={JSON.stringify([coverage, t('overview.noForm')])}
      table={{
        heads: [t('agency.year'), ...forms.map(nameOf)],
        rows: years.map((year) => [String(year ?? '?'), ...forms.map((form) => countOf(year, form))]),
      }}
      config={(colours) => ({
        type: 'bar',
        data: {
          labels,
          datasets: forms.map((form, index) => ({
            label: nameOf(form),
            data: years.map((year) => countOf(year, form)),
            backgroundColor: colours.series[index % colours.series.length] ?? colours.accent,
          })),
        },
        options: {
          plugins: { legend: legend(colours, true) },
          scales: {
            x: axis(colours, '', { stacked: true }),
            y: axis(colours, t('overview.documents'), {
              stacked: true,
              ticks: { color: colours.muted, precision: 0 },
            }),
          },
        },
      })}
    />
  );
}

/** Which errors documents ended in. */
export function FailuresChart({ status }: { readonly status: Status }) {
  const t = useTranslate();
  const failures = Object.entries(status.failuresByCode).sort(([, a], [, b]) => b - a);
  return (
    <Chart
      title={t('overview.failures')}
      version={JSON.stringify([failures, t('overview.documents')])}
      table={{ heads: [t('queue.code'), t('overview.documents')], rows: failures }}
      config={(colours) => ({
        type: 'bar',
        data: {
          labels: failures.map(([code]) => code),
          datasets: [
            {
              label: t('overview.documents'),
              data: failures.map(([, count]) => count),
              backgroundColor: colours.bad,
            },
          ],
        },
        options: {
          indexAxis: 'y',
          plugins: { legend: legend(colours, false) },
          scales: {
            x: axis(colours, t('overview.documents'), { ticks: { color: colours.muted, precision: 0 } }),
            y: axis(colours, ''),
          },
        },
      })}
    />
  );
}

/** Of the settled fields, how many were right, against the confidence they had. */
export function ReliabilityChart({ stats }: { readonly stats: Stats }) {
  const t = useTranslate();
  const bins = stats.reliability.filter(({ settled }) => settled > 0);
  const points = bins.map((bin) => ({ x: bin.meanConfidence, y: share(bin.right, bin.settled) }));
  return (
    <Chart
      title={t('overview.reliability')}
      version={JSON.stringify([bins, t('overview.share')])}
      table={{
        heads: [t('overview.confidenceAxis'), t('overview.share'), t('overview.settled')],
        rows: bins.map((bin) => [
          bin.meanConfidence.toFixed(3),
          share(bin.right, bin.settled).toFixed(3),
          bin.settled,
        ]),
      }}
      config={(colours) => ({
        type: 'scatter',
        data: {
          datasets: [
            {
              label: t('overview.settled'),
              data: points,
              backgroundColor: colours.accent,
              pointRadius: 5,
              showLine: true,
              borderColor: colours.accent,
            },
            {
              label: t('overview.perfect'),
              data: [
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ],
              showLine: true,
              pointRadius: 0,
              borderColor: colours.muted,
              borderDash: [4, 4],
            },
          ],
        },
        options: {
          plugins: { legend: legend(colours, true) },
          scales: {
            x: axis(colours, t('overview.confidenceAxis'), { min: 0, max: 1 }),
            y: axis(colours, t('overview.share'), { min: 0, max: 1 }),
          },
        },
      })}
    />
  );
}

/** How many documents were read in each minute of the last hour. */
export function ThroughputChart({ stats }: { readonly stats: Stats }) {
  const t = useTranslate();
  const minutes = lastHour(stats.throughput);
  const labels = minutes.map(({ minute }) => nameOfMinute(minute));
  return (
    <Chart
      title={t('overview.throughput')}
      version={JSON.stringify([minutes, t('overview.documents')])}
      table={{
        heads: [t('history.when'), t('overview.documents')],
        rows: minutes.map(({ count }, index) => [labels[index] ?? '', count]),
      }}
      config={(colours) => ({
        type: 'bar',
        data: {
          labels,
          datasets: [
            {
              label: t('overview.documents'),
              data: minutes.map(({ count }) => count),
              backgroundColor: colours.good,
            },
          ],
        },
        options: {
          plugins: { legend: legend(colours, false) },
          scales: {
            x: axis(colours, '', {
              grid: { display: false },
              ticks: { color: colours.muted, maxTicksLimit: 7 },
            }),
            y: axis(colours, t('overview.documents'), { ticks: { color: colours.muted, precision: 0 } }),
          },
        },
      })}
    />
  );
}

const MINUTE_MS = 60_000;
const MINUTES = 60;
/** `2026-01-01T00:00`. */
const MINUTE_LENGTH = 16;

/** Every minute of the last hour, also those in which nothing was read. */
function lastHour(counted: Stats['throughput']): Stats['throughput'] {
  const counts = new Map(counted.map(({ minute, count }) => [minute, count]));
  const newest = Math.floor(Date.now() / MINUTE_MS);
  return Array.from({ length: MINUTES }, (_, index) => {
    const at = new Date((newest - MINUTES + 1 + index) * MINUTE_MS);
    const minute = at.toISOString().slice(0, MINUTE_LENGTH);
    return { minute, count: counts.get(minute) ?? 0 };
  });
}

/** The server tells minutes in UTC; people read the time of their own place. */
function nameOfMinute(minute: string): string {
  return new Date(`${minute}Z`).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
