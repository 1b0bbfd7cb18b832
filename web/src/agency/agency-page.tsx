import { fetchAgency } from '../api/routes.js';
import type { AgencyReport } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { Chart } from '../charts/chart.js';
import { axis, legend } from '../charts/scales.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { Waiting } from '../components/waiting.js';
import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';

/** Series that every form since 2019 holds, with the key of form 2014 beside it. */
const SERIES: readonly { readonly name: MessageKey; readonly keys: readonly string[] }[] = [
  { name: 'agency.received', keys: ['applications.new.total', 'statistics.requests.received'] },
  { name: 'agency.concluded', keys: ['applications.total.total', 'statistics.requests.concluded'] },
  { name: 'agency.carried', keys: ['applications.carried_forward.total'] },
];

/** An agency's reports over the years, its series, and whether one year's end is the next one's beginning. */
export function AgencyPage({ name }: { readonly name: string }) {
  const t = useTranslate();
  const loaded = useLoad(`agency ${name}`, (signal) => fetchAgency(name, signal));
  const reports = [...(loaded.data ?? [])].sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
  return (
    <div class="page">
      <h1>{name}</h1>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {loaded.data?.length === 0 && <p>{t('agency.none')}</p>}
      {reports.length > 0 && (
        <>
          <section class="card">
            <h2>{t('agency.series')}</h2>
            <SeriesChart reports={reports} />
          </section>
          <CarryChecks reports={reports} />
          <Reports reports={reports} />
        </>
      )}
    </div>
  );
}

interface ReportsProps {
  readonly reports: readonly AgencyReport[];
}

function SeriesChart({ reports }: ReportsProps) {
  const t = useTranslate();
  const years = reports.map(({ year }) => String(year ?? '?'));
  const series = SERIES.map(({ name, keys }) => ({
    name: t(name),
    values: reports.map(({ fields }) => valueOf(fields, keys)),
  }));
  return (
    <Chart
      title={t('agency.series')}
      version={JSON.stringify([years, series])}
      table={{
        heads: [t('agency.year'), ...series.map(({ name }) => name)],
        rows: years.map((year, index) => [year, ...series.map(({ values }) => values[index] ?? '–')]),
      }}
      config={(colours) => ({
        type: 'line',
        data: {
          labels: years,
          datasets: series.map(({ name, values }, index) => ({
            label: name,
            data: values,
            borderColor: colours.series[index] ?? colours.accent,
            backgroundColor: colours.series[index] ?? colours.accent,
          })),
        },
        options: {
          plugins: { legend: legend(colours, true) },
          scales: { x: axis(colours, ''), y: axis(colours, '', { beginAtZero: true }) },
        },
      })}
    />
  );
}

function CarryChecks({ reports }: ReportsProps) {
  const t = useTranslate();
  const pairs = reports.flatMap((report, index) => {
    const before = reports[index - 1];
    const left = before ? valueOf(before.fields, ['applications.carried_forward.total']) : null;
    const right = valueOf(report.fields, ['applications.carried_over.total']);
    const isNext = before?.year !== null && before?.year !== undefined && report.year === before.year + 1;
    return isNext && left !== null && right !== null
      ? [{ from: before.year, to: report.year, left, right }]
      : [];
  });
  if (pairs.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('agency.checks')}</h2>
      <ul>
        {pairs.map(({ from, to, left, right }) => (
          <li key={from}>
            <span class={`chip ${left === right ? 'good' : 'bad'}`}>{left === right ? '✓' : '✗'}</span>{' '}
            {t('agency.carry', { from: from ?? '', to: to ?? '', left, right })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reports({ reports }: ReportsProps) {
  const t = useTranslate();
  return (
    <section class="card">
      <h2>{t('agency.reports')}</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{t('agency.year')}</th>
            <th scope="col">{t('documents.form')}</th>
            <th scope="col">{t('documents.confidence')}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.documentId}>
              <td>
                <a href={link(['documents', report.documentId])}>{report.year ?? '?'}</a>
              </td>
              <td>{report.form}</td>
              <td>
                <ConfidenceChip value={report.confidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valueOf(fields: AgencyReport['fields'], keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = fields[key];
    if (value !== undefined && value !== null) return value;
  }
  return null;
}
