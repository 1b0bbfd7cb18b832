import type { Truth } from '../../../src/evaluation/truth.js';
import type { Report } from '../report.js';
import { toHtml } from './to-html.js';
import { TEXT_STYLES, type TextStyle, toText } from './to-text.js';

/** Every way a report is written into real bytes. */
export const RENDERINGS = ['html', ...TEXT_STYLES] as const;
export type Rendering = 'html' | TextStyle;

/** Whether a way of handing over a report is a file rather than a table model. */
export function isRendering(name: string): name is Rendering {
  return (RENDERINGS as readonly string[]).includes(name);
}

/** The report as a file of its format. */
export function toBytes(report: Report, rendering: Rendering): Uint8Array {
  return new TextEncoder().encode(rendering === 'html' ? toHtml(report) : toText(report, rendering));
}

/** What the file holds, in the shape of truth.jsonl. */
export function toTruth(report: Report, rendering: Rendering, file: string): Truth {
  return {
    file,
    format: rendering === 'html' ? 'html' : 'text',
    family: `generated:${rendering}`,
    form: report.form,
    hard: false,
    meta: { ...report.meta },
    fields: { ...report.truth },
    expect_failed: [...report.slips],
  };
}
