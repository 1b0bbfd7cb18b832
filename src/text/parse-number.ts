import { fold } from './fold.js';
import { withoutNoteMark } from './raised.js';
import { RecentMemory } from './recent-memory.js';

/** How a cell's text reads as a value. `text` is neither a number nor a mark. */
export type ParsedCell =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null; readonly exact: boolean }
  | { readonly kind: 'blank' }
  | { readonly kind: 'mark' }
  | { readonly kind: 'text' };

const MARK =
  /^(?:[-/\\~*xX×]{1,4}|无|空|空白|不涉及|不适用|未发生|暂无|没有|#?n\/?a|nan|<na>|null|nil|none|undefined)$/i;
/** What is typed for a 0 that looks like one, or says it. */
const ROUND_ZERO = /^[〇○◯零O]$/;
const UNITS = '万元|亿元|元|人次|件次|件|条|次|篇|个|人|项|期|份|批次|批|宗|起|部|万|例|场|名|家';
const NUMBER = new RegExp(
  `^(?<note>约|近|共)?(?<sign>[+-]|增加?|减少?|新增)?(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|(?:0|[1-9]\\d*)(?:\\.\\d+)?|\\.\\d+)(?<unit>${UNITS})?(?<rest>[(。;].*|余)?$`,
);

/**
 * Reads one cell: full-width digits, spaces between digits, thousands separators, signs (+3, 减2), units (251000元) and a
 * remark in brackets behind the number (22（其中修订16件）) are understood, and so are marks of notes (5①). `unit` is the
 * printed one or null; the value is not converted. `exact` is false where the number is an approximation (约, 余) or
 * carries a remark or the mark of a note.
 */
export function parseCell(text: string): ParsedCell {
  return text.length <= LONGEST_REMEMBERED ? parsed.recall(text, parse) : parse(text);
}

/** Short texts come back: most cells of a report are a 0, a small number or a word of its form. */
const LONGEST_REMEMBERED = 20;
const parsed = new RecentMemory<ParsedCell>(1_000);

/** Texts of plain digits carry no mark: most numbers are such. */
const DIGITS = /^\d+$/;

function parse(printed: string): ParsedCell {
  const text = DIGITS.test(printed) ? printed : withoutNoteMark(printed);
  const folded = fold(text);
  if (folded === '') return { kind: 'blank' };
  if (MARK.test(folded)) return { kind: 'mark' };
  if (ROUND_ZERO.test(folded)) return { kind: 'number', value: 0, unit: null, exact: false };
  const match = NUMBER.exec(folded.replace(/[‚、](?=\d{3}(?!\d))/g, ','));
  if (!match?.groups) return { kind: 'text' };
  const { note, sign, digits, unit, rest } = match.groups;
  const size = Number((digits ?? '').replaceAll(',', ''));
  const negative = sign !== undefined && /^(?:-|减)/.test(sign);
  return {
    kind: 'number',
    value: negative && size !== 0 ? -size : size,
    unit: unit ?? null,
    exact: note === undefined && rest === undefined && text === printed,
  };
}

/** Factor from a printed unit of money to 万元; 1 where the unit says nothing else. */
export function moneyFactor(unit: string | null): number {
  if (unit === '元') return 1 / 10_000;
  if (unit === '亿元') return 10_000;
  return 1;
}
