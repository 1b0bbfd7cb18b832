import { useEffect, useRef } from 'preact/hooks';
import type { ChartConfiguration, ChartType } from 'chart.js';
import { theme } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { useTranslate } from '../i18n/translate.js';

/** The figures behind a chart, for those who cannot see it. */
export interface ChartTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface ChartProps {
  readonly title: string;
  readonly config: (colours: Colours) => ChartConfiguration<ChartType>;
  /** Draws anew when this changes. */
  readonly version: string;
  readonly table: ChartTable;
}

/** The theme's colours as charts need them: as values. */
export interface Colours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly series: readonly string[];
}

/** A chart with its figures as a table beneath; the library comes when the first chart is shown. */
export function Chart({ title, config, version, table }: ChartProps) {
  const t = useTranslate();
  const mode = useStore(theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isGone = false;
    let destroy: (() => void) | null = null;
    void import('./chart-library.js').then(({ draw }) => {
      if (!isGone && canvas.current) destroy = draw(canvas.current, config(coloursNow()));
    });
    return () => {
      isGone = true;
      destroy?.();
    };
    // What `config` draws is named by `version`.
  }, [version, mode]);
  return (
    <figure style={{ margin: 0 }}>
      <div class="chart">
        <canvas ref={canvas} role="img" aria-label={title} />
      </div>
      <details class="small">
        <summary class="muted">{t('app.chartTable')}</summary>
        <FiguresTable table={table} />
      </details>
    </figure>
  );
}

function FiguresTable({ table }: { readonly table: ChartTable }) {
  return (
    <table class="list">
      <thead>
        <tr>
          {table.heads.map((head) => (
            <th scope="col" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, column) => (
              <td key={column}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Told apart in both themes and by colour-blind people (after Okabe and Ito). */
const SERIES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: value('--text'),
    muted: value('--muted'),
    line: value('--line'),
    accent: value('--accent'),
    good: value('--good'),
    warn: value('--warn'),
    bad: value('--bad'),
    series: SERIES,
  };
}
