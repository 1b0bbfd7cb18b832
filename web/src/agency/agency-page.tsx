import { fetchAgency } from '../api/routes.js';
import type { AgencyReport, AgencyView } from '../api/types.js';
import { link } from '../app/router.js';
import { useLoad } from '../app/use-load.js';
import { Chart } from '../charts/chart.js';
import { axis, legend } from '../charts/scales.js';
import { ConfidenceChip } from '../components/confidence-chip.js';
import { ListTable, type ListColumn } from '../components/list-table.js';
import { Waiting } from '../components/waiting.js';
import type { MessageKey } from '../i18n/en.js';
import { useTranslate } from '../i18n/translate.js';

/** Series that every form since 2019 holds, with the key of form 2014 beside it. */
const SERIES: readonly { readonly name: MessageKey; readonly keys: readonly string[] }[] = [
  { name: 'agency.received', keys: ['applications.new.total', 'statistics.requests.received'] },
  { name: 'agency.concluded', keys: ['applications.total.total', 'statistics.requests.concluded'] },
  { name: 'agency.carried', keys: ['applications.carried_forward.total'] },
];

const COLUMNS: readonly ListColumn[] = [
  'agency.year',
  'documents.form',
  'documents.confidence',
  ...SERIES.map(({ name }) => `#${name}` as const),
  '#documents.failedChecks',
];

/** An agency's reports over the years, its series, and whether one year's end is the next one's beginning. */
export function AgencyPage({ name }: { readonly name: string }) {
  const t = useTranslate();
  const loaded = useLoad(`agency ${name}`, (signal) => fetchAgency(name, signal));
  const reports = loaded.data?.items ?? [];
  const checks = (loaded.data?.checks ?? []).filter(isTelling);
  return (
    <div class="page">
      <h1>{loaded.data?.name ?? name}</h1>
      <Waiting loaded={loaded} onRetry={loaded.reload} />
      {loaded.data?.items.length === 0 && <p>{t('agency.none')}</p>}
      {reports.length > 0 && (
        <>
          <section class="card">
            <h2>{t('agency.series')}</h2>
            <SeriesChart reports={surestOfYears(reports)} />
          </section>
          <YearChecks checks={checks} />
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

function YearChecks({ checks }: { readonly checks: AgencyView['checks'] }) {
  const t = useTranslate();
  if (checks.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('agency.checks')}</h2>
      <ul>
        {checks.map(({ id, year, status, left, right }) => (
          <li key={`${id} ${year}`}>
            <span class={`chip ${status === 'passed' ? 'good' : 'bad'}`}>
              {status === 'passed' ? '✓' : '✗'}
            </span>{' '}
            {t('agency.carry', { from: year - 1, to: year, left: left ?? '–', right: right ?? '–' })}{' '}
            <code class="small">{id}</code>
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
      <ListTable columns={COLUMNS}>
        {reports.map((report) => (
          <tr key={report.documentId}>
            <td>
              <a href={link(['documents', report.documentId])}>{report.year ?? '?'}</a>
            </td>
            <td>{report.form}</td>
            <td>
              <ConfidenceChip value={report.confidence} />
            </td>
            {SERIES.map(({ name, keys }) => (
              <td class="number" key={name}>
                {valueOf(report.fields, keys) ?? '–'}
              </td>
            ))}
            <td class="number">{report.failedChecks}</td>
          </tr>
        ))}
      </ListTable>
    </section>
  );
}

/** Of several reports for one year the surest, as the checks between years take it. */
function surestOfYears(reports: readonly AgencyReport[]): AgencyReport[] {
  const byYear = new Map<number | null, AgencyReport>();
  for (const report of reports) {
    const known = byYear.get(report.year);
    if (!known || known.confidence < report.confidence) byYear.set(report.year, report);
  }
  return [...byYear.values()];
}

/** What fails, and the totals; that every single column agrees as well need not be said. */
function isTelling({ id, status }: AgencyView['checks'][number]): boolean {
  return status === 'failed' || (status === 'passed' && id.endsWith(':total'));
}

function valueOf(fields: AgencyReport['fields'], keys: readonly string[]): number | null {
  for (const key of keys) {
    const value = fields[key];
    if (value !== undefined && value !== null) return value;
  }
  return null;
}
