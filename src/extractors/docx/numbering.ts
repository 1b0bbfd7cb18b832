import { formatOrdinal, type OrdinalStyle } from '../numbering/format-ordinal.js';
import { childElement, childElements, type XmlElement } from '../markup/parse-xml.js';
import { styleAnswer, type NumberingReference, type Styles } from './styles.js';

/** One level of a list: how its labels are written and counted. */
interface Level {
  readonly start: number;
  readonly style: OrdinalStyle | 'bullet';
  /** The label's pattern; `%1` stands for the number of the first level. */
  readonly pattern: string;
  /** A level that is numbered anew after each item of this level or a higher one; 0 for never (17.9.10). */
  readonly restartAfter: number;
  readonly isLegal: boolean;
  /** The paragraph style bound to the level (17.9.23). */
  readonly paragraphStyle: string | undefined;
}

/** A list as paragraphs refer to it: its levels, and the definition whose counters it shares. */
interface List {
  readonly definitionId: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that this list starts anew, with their first number. */
  readonly overrides: ReadonlyMap<number, number>;
}

/** ST_NumberFormat (17.18.59) as our ordinal styles; formats that are not here count in digits. */
const FORMATS: ReadonlyMap<string, OrdinalStyle | 'bullet'> = new Map<string, OrdinalStyle | 'bullet'>([
  ['decimal', 'decimal'],
  ['decimalZero', 'decimal_zero'],
  ['decimalFullWidth', 'full_width'],
  ['decimalFullWidth2', 'full_width'],
  ['decimalHalfWidth', 'decimal'],
  ['upperRoman', 'upper_roman'],
  ['lowerRoman', 'lower_roman'],
  ['upperLetter', 'upper_letter'],
  ['lowerLetter', 'lower_letter'],
  ['chineseCounting', 'chinese_counting'],
  ['chineseCountingThousand', 'chinese_counting'],
  ['taiwaneseCounting', 'chinese_counting'],
  ['taiwaneseCountingThousand', 'chinese_counting'],
  ['japaneseCounting', 'chinese_counting'],
  ['ideographDigital', 'chinese_digits'],
  ['taiwaneseDigital', 'chinese_digits'],
  ['japaneseDigitalTenThousand', 'chinese_digits'],
  ['chineseLegalSimplified', 'chinese_legal'],
  ['ideographLegalTraditional', 'chinese_legal'],
  ['japaneseLegal', 'chinese_legal'],
  ['decimalEnclosedCircle', 'circled'],
  ['decimalEnclosedCircleChinese', 'circled'],
  ['decimalEnclosedParen', 'parenthesised'],
  ['decimalEnclosedFullstop', 'full_stop'],
  ['ideographEnclosedCircle', 'chinese_parenthesised'],
  ['ideographTraditional', 'heavenly_stems'],
  ['ideographZodiac', 'earthly_branches'],
  ['bullet', 'bullet'],
  ['none', 'none'],
]);
const LEVELS = 9;
const DEFAULT_LEVEL: Level = {
  start: 1,
  style: 'decimal',
  pattern: '',
  restartAfter: -1,
  isLegal: false,
  paragraphStyle: undefined,
};

/** Counts list paragraphs in document order and writes their labels. */
export class Numberer {
  private readonly lists: ReadonlyMap<string, List>;
  /** For every list definition: the current number of each level, null where it has not begun. */
  private readonly counters = new Map<string, (number | null)[]>();
  private readonly usedOverrides = new Set<string>();

  constructor(
    part: XmlElement | null,
    private readonly styles: Styles,
  ) {
    this.lists = part ? readLists(part, styles) : new Map<string, List>();
  }

  /**
   * The label of the next paragraph, given its own list reference and its style: 「（一）」, `1.`, or an empty string where
   * it has none or only a bullet. Counting goes on for bullets and empty labels too.
   */
  next(own: NumberingReference | undefined, styleId: string | undefined): string {
    const inherited = styleAnswer(this.styles, styleId, (style) => style.numbering);
    const listId = own?.listId ?? inherited?.listId;
    const list = listId === undefined ? undefined : this.lists.get(listId);
    if (!list || listId === undefined) return '';
    const level = own?.level ?? levelOfStyle(list, styleId) ?? inherited?.level ?? 0;
    const counters = this.countersOf(list, listId, level);
    advance(counters, list, level);
    return writeLabel(counters, list, level);
  }

  private countersOf(list: List, listId: string, level: number): (number | null)[] {
    const counters = this.counters.get(list.definitionId) ?? new Array<number | null>(LEVELS).fill(null);
    this.counters.set(list.definitionId, counters);
    const start = list.overrides.get(level);
    const key = `${listId}:${level}`;
    if (start !== undefined && !this.usedOverrides.has(key)) {
      this.usedOverrides.add(key);
      counters[level] = start - 1;
    }
    return counters;
  }
}

function advance(counters: (number | null)[], list: List, level: number): void {
  const { start } = list.levels.get(level) ?? DEFAULT_LEVEL;
  counters[level] = (counters[level] ?? start - 1) + 1;
  for (let higher = 0; higher < level; higher++) counters[higher] ??= list.levels.get(higher)?.start ?? 1;
  for (let deeper = level + 1; deeper < LEVELS; deeper++) {
    const { restartAfter } = list.levels.get(deeper) ?? DEFAULT_LEVEL;
    if (restartAfter === -1 || (restartAfter > 0 && level < restartAfter)) counters[deeper] = null;
  }
}

function writeLabel(counters: readonly (number | null)[], list: List, level: number): string {
  const own = list.levels.get(level) ?? DEFAULT_LEVEL;
  if (own.style === 'bullet') return '';
  return own.pattern.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    const other = list.levels.get(index) ?? DEFAULT_LEVEL;
    const number = counters[index] ?? other.start;
    if (other.style === 'bullet') return '';
    return formatOrdinal(number, own.isLegal && other.style !== 'none' ? 'decimal' : other.style);
  });
}

function levelOfStyle(list: List, styleId: string | undefined): number | undefined {
  if (styleId === undefined) return undefined;
  for (const [index, level] of list.levels) if (level.paragraphStyle === styleId) return index;
  return undefined;
}

function readLists(part: XmlElement, styles: Styles): Map<string, List> {
  const definitions = new Map<string, XmlElement>();
  for (const element of childElements(part, 'abstractNum'))
    definitions.set(element.attributes['abstractNumId'] ?? '', element);
  const definitionOf = new Map<string, string>();
  const numbers = childElements(part, 'num');
  for (const number of numbers) {
    definitionOf.set(
      number.attributes['numId'] ?? '',
      childElement(number, 'abstractNumId')?.attributes['val'] ?? '',
    );
  }
  const lists = new Map<string, List>();
  for (const number of numbers) {
    const listId = number.attributes['numId'] ?? '';
    const definitionId = followStyleLink(definitionOf.get(listId) ?? '', definitions, definitionOf, styles);
    const levels = new Map<number, Level>();
    for (const element of childElementsOf(definitions.get(definitionId), 'lvl')) addLevel(levels, element);
    const overrides = new Map<number, number>();
    for (const override of childElements(number, 'lvlOverride')) readOverride(override, levels, overrides);
    lists.set(listId, { definitionId, levels, overrides });
  }
  return lists;
}

/** A definition may only name a numbering style, whose list then leads to the real one (17.9.21). */
function followStyleLink(
  definitionId: string,
  definitions: ReadonlyMap<string, XmlElement>,
  definitionOf: ReadonlyMap<string, string>,
  styles: Styles,
): string {
  const link = childElement(definitions.get(definitionId), 'numStyleLink')?.attributes['val'];
  const listId = link === undefined ? undefined : styles.get(link)?.numbering?.listId;
  return (listId === undefined ? undefined : definitionOf.get(listId)) ?? definitionId;
}

function readOverride(element: XmlElement, levels: Map<number, Level>, overrides: Map<number, number>): void {
  const index = numberOf(element.attributes['ilvl'], 0);
  const level = childElement(element, 'lvl');
  if (level) addLevel(levels, level);
  const start = childElement(element, 'startOverride')?.attributes['val'];
  if (start !== undefined) overrides.set(index, numberOf(start, 1));
}

function addLevel(levels: Map<number, Level>, element: XmlElement): void {
  const value = (name: string): string | undefined => childElement(element, name)?.attributes['val'];
  levels.set(numberOf(element.attributes['ilvl'], 0), {
    start: numberOf(value('start'), 0),
    style: FORMATS.get(value('numFmt') ?? formatOfAlternate(element) ?? 'decimal') ?? 'decimal',
    pattern: value('lvlText') ?? '',
    restartAfter: numberOf(value('lvlRestart'), -1),
    isLegal: childElement(element, 'isLgl') !== undefined,
    paragraphStyle: value('pStyle'),
  });
}

/** Newer formats stand in an alternate-content wrapper with a plain one to fall back on. */
function formatOfAlternate(element: XmlElement): string | undefined {
  const wrapper = childElement(element, 'AlternateContent');
  return childElement(childElement(wrapper, 'Fallback'), 'numFmt')?.attributes['val'];
}

function childElementsOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element ? childElements(element, name) : [];
}

function numberOf(value: string | undefined, fallback: number): number {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? fallback : number;
}
