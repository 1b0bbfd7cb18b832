import type { Random } from '../random.js';

/** How one report prints its numbers. */
export interface PrintStyle {
  /** What stands where a zero is meant: `0` itself or marks that mean none; an empty text is a blank cell. */
  readonly zeros: readonly string[];
  /** Totals keep their 0 where other zeros are marks. */
  readonly totalsKeepZero: boolean;
  readonly numbers: 'plain' | 'thousands' | 'wide' | 'unit';
  /** How an increase and a decrease are written. */
  readonly signs: readonly [plus: string, minus: string];
}

/** A printed cell: its text and what it says, in the form's unit. */
export interface PrintedValue {
  readonly text: string;
  readonly value: number | null;
}

const ZERO_STYLES: readonly (readonly string[])[] = [
  ['0'],
  ['0'],
  ['0'],
  [''],
  ['', '0'],
  ['/'],
  ['/', '0'],
  ['-', '—'],
  ['—'],
  ['--'],
  ['　'],
  ['无'],
  ['/', '\\', '0'],
  ['——'],
];

/** Draws the habits of one author. */
export function drawStyle(random: Random): PrintStyle {
  return {
    zeros: random.pick(ZERO_STYLES),
    totalsKeepZero: random.chance(0.5),
    numbers: random.pick(['plain', 'plain', 'plain', 'plain', 'thousands', 'wide', 'unit'] as const),
    signs: random.pick([
      ['', '-'],
      ['+', '-'],
      ['增', '减'],
      ['增加', '减少'],
    ] as const),
  };
}

/** Prints one number as its author would. */
export function printValue(
  value: number,
  unit: string,
  isTotal: boolean,
  style: PrintStyle,
  random: Random,
): PrintedValue {
  if (value === 0) {
    const text = isTotal && style.totalsKeepZero ? '0' : random.pick(style.zeros);
    return { text: style.numbers === 'wide' ? widen(text) : text, value: text === '0' ? 0 : null };
  }
  const size = Math.abs(value);
  if (unit === '万元' && style.numbers === 'unit') return printMoney(value, random);
  return { text: signOf(value, unit, style) + printSize(size, unit, style), value };
}

function signOf(value: number, unit: string, style: PrintStyle): string {
  if (value < 0) return style.signs[1];
  return unit === CHANGE_UNIT ? style.signs[0] : '';
}

/** Unit given to fields that print a change, so that an increase gets its sign. */
export const CHANGE_UNIT = '增减';

function printSize(size: number, unit: string, style: PrintStyle): string {
  const [whole = '', decimals] = String(size).split('.');
  const tail = decimals === undefined ? '' : `.${decimals}`;
  switch (style.numbers) {
    case 'plain':
      return whole + tail;
    case 'thousands':
      return whole.replace(/\B(?=(\d{3})+$)/g, ',') + tail;
    case 'wide':
      return widen(whole + tail);
    case 'unit':
      return whole + tail + (unit === CHANGE_UNIT || unit === '' ? '项' : unit);
  }
}

function printMoney(value: number, random: Random): PrintedValue {
  if (random.chance(0.5)) return { text: `${value}万元`, value };
  return { text: `${Math.round(value * 10_000)}元`, value };
}

function widen(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
