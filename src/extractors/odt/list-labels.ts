import { formatOrdinal, type OrdinalStyle } from '../numbering/format-ordinal.js';
import { childElements, type XmlElement } from '../markup/parse-xml.js';

interface Level {
  readonly style: OrdinalStyle;
  readonly start: number;
  readonly prefix: string;
  readonly suffix: string;
  readonly displayLevels: number;
}

/** List styles by name: their numbered levels by number (1 to 10); bullets have none. */
export type ListStyles = ReadonlyMap<string, ReadonlyMap<number, Level>>;

/** style:num-format (OpenDocument 1.3, 20.322); unknown ones are written in digits. */
const STYLE_BY_FORMAT: Readonly<Record<string, OrdinalStyle>> = {
  '': 'none',
  '1': 'decimal',
  a: 'lower_letter',
  A: 'upper_letter',
  i: 'lower_roman',
  I: 'upper_roman',
  '一, 二, 三, ...': 'chinese_counting',
  '壹, 贰, 叁, ...': 'chinese_legal',
  '壹, 貳, 參, ...': 'chinese_legal',
  '①, ②, ③, ...': 'circled',
  '１, ２, ３, ...': 'full_width',
  '甲, 乙, 丙, ...': 'heavenly_stems',
  '子, 丑, 寅, ...': 'earthly_branches',
};

/** Reads the list styles of a part (automatic or common styles). */
export function readListStyles(styles: readonly XmlElement[]): ListStyles {
  const found = new Map<string, ReadonlyMap<number, Level>>();
  for (const style of styles.flatMap((part) => childElements(part, 'list-style'))) {
    const levels = new Map<number, Level>();
    for (const level of childElements(style, 'list-level-style-number')) {
      const { attributes } = level;
      levels.set(Number(attributes['level'] ?? 1), {
        style: STYLE_BY_FORMAT[attributes['num-format'] ?? ''] ?? 'decimal',
        start: Number(attributes['start-value'] ?? 1),
        prefix: attributes['num-prefix'] ?? '',
        suffix: attributes['num-suffix'] ?? '',
        displayLevels: Number(attributes['display-levels'] ?? 1),
      });
    }
    found.set(style.attributes['name'] ?? '', levels);
  }
  return found;
}

/** Counts the items of a document's lists; lists of one id go on counting where the last one stopped. */
export class ListCounter {
  private readonly counts = new Map<string, number[]>();

  constructor(private readonly styles: ListStyles) {}

  private readonly aliases = new Map<string, string>();
  private readonly lastOfStyle = new Map<string, string>();

  /**
   * The key under which a list counts. A list that continues another (by id, or the last one of its style) counts under
   * that one's key.
   */
  open(list: {
    id: string | undefined;
    style: string;
    continues: string | undefined;
    continuesStyle: boolean;
  }): string {
    const own = list.id ?? `anonymous:${this.aliases.size}`;
    const continued = list.continues ?? (list.continuesStyle ? this.lastOfStyle.get(list.style) : undefined);
    const key = continued === undefined ? own : (this.aliases.get(continued) ?? continued);
    this.aliases.set(own, key);
    this.lastOfStyle.set(list.style, own);
    return key;
  }

  /** The label of the next item on `level` (from 1) of a list, empty for bullets; `start` overrides its number. */
  next(listId: string, styleName: string, level: number, start: number | null): string {
    const levels = this.styles.get(styleName);
    const own = levels?.get(level);
    const counts = this.counts.get(listId) ?? [];
    this.counts.set(listId, counts);
    const before = counts[level];
    counts[level] = start ?? (before === undefined ? (own?.start ?? 1) : before + 1);
    counts.length = level + 1;
    if (!own || own.style === 'none') return '';
    const shown: string[] = [];
    for (let i = Math.max(1, level - own.displayLevels + 1); i <= level; i++) {
      const shownLevel = levels?.get(i);
      shown.push(formatOrdinal(counts[i] ?? shownLevel?.start ?? 1, shownLevel?.style ?? 'decimal'));
    }
    return own.prefix + shown.join('.') + own.suffix;
  }
}
