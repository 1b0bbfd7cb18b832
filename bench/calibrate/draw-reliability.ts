import { logOdds } from '../../src/confidence/levels.js';
import type { Bin } from './measure.js';

/** One line of the diagram. */
export interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly bins: readonly Bin[];
}

const SIZE = { plot: 380, left: 64, top: 48, right: 210, bottom: 58 } as const;

/** The axes run in log-odds, so that 0.9, 0.99 and 0.999 stand apart. */
const TICKS = [0.01, 0.1, 0.5, 0.9, 0.99, 0.999] as const;
const ENDS = { lowest: 0.004, highest: 0.9997 } as const;

/** A reliability diagram as SVG: claimed confidence across, share of right fields upwards, a dot for each bin. */
export function drawReliability(curves: readonly Curve[], caption: string): string {
  const width = SIZE.left + SIZE.plot + SIZE.right;
  const height = SIZE.top + SIZE.plot + SIZE.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${SIZE.left}" y="24" font-size="15">${caption}</text>`,
    ...TICKS.flatMap(drawTick),
    line(x(ENDS.lowest), y(ENDS.lowest), x(ENDS.highest), y(ENDS.highest), '#999', ' stroke-dasharray="4 4"'),
    `<rect x="${SIZE.left}" y="${SIZE.top}" width="${SIZE.plot}" height="${SIZE.plot}" fill="none" stroke="#333"/>`,
    `<text x="${SIZE.left + SIZE.plot / 2}" y="${height - 14}" text-anchor="middle">confidence claimed</text>`,
    `<text x="16" y="${SIZE.top + SIZE.plot / 2}" text-anchor="middle" transform="rotate(-90 16 ${SIZE.top + SIZE.plot / 2})">share of fields right</text>`,
    ...curves.flatMap(drawCurve),
    '</svg>',
    '',
  ].join('\n');
}

function drawTick(at: number): string[] {
  return [
    line(x(at), SIZE.top, x(at), SIZE.top + SIZE.plot, '#eee'),
    line(SIZE.left, y(at), SIZE.left + SIZE.plot, y(at), '#eee'),
    `<text x="${x(at)}" y="${SIZE.top + SIZE.plot + 18}" text-anchor="middle">${at}</text>`,
    `<text x="${SIZE.left - 8}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
  ];
}

function drawCurve(curve: Curve, index: number): string[] {
  const most = Math.max(...curve.bins.map((bin) => bin.fields));
  const legend = SIZE.top + 14 + index * 20;
  return [
    `<circle cx="${SIZE.left + SIZE.plot + 22}" cy="${legend - 4}" r="5" fill="${curve.colour}"/>`,
    `<text x="${SIZE.left + SIZE.plot + 34}" y="${legend}">${curve.name}</text>`,
    ...curve.bins.map((bin) => {
      const radius = round(2.5 + 6 * Math.sqrt(bin.fields / most));
      const title = `${bin.fields} fields between ${bin.from} and ${bin.to}: claimed ${bin.confidence.toFixed(4)}, right ${bin.right.toFixed(4)}`;
      return `<circle cx="${x(bin.confidence)}" cy="${y(bin.right)}" r="${radius}" fill="${curve.colour}" fill-opacity="0.7"><title>${title}</title></circle>`;
    }),
  ];
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string, more = ''): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"${more}/>`;
}

function x(probability: number): number {
  return round(SIZE.left + SIZE.plot * place(probability));
}

function y(probability: number): number {
  return round(SIZE.top + SIZE.plot * (1 - place(probability)));
}

/** Place between the ends, 0 to 1, in log-odds. */
function place(probability: number): number {
  const kept = Math.min(ENDS.highest, Math.max(ENDS.lowest, probability));
  return (logOdds(kept) - logOdds(ENDS.lowest)) / (logOdds(ENDS.highest) - logOdds(ENDS.lowest));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
