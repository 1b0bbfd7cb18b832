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
