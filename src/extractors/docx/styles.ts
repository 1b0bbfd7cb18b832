import { childElement, childElements, type XmlElement } from '../markup/parse-xml.js';

/** What a style says about the text in it; undefined where it says nothing and its base style decides. */
export interface Style {
  readonly name: string;
  readonly basedOn: string | undefined;
  readonly numbering: NumberingReference | undefined;
  readonly isHidden: boolean | undefined;
  readonly isRaised: boolean | undefined;
  readonly isStruck: boolean | undefined;
  readonly isHeading: boolean;
}

/** Which list a paragraph belongs to and on which level (0 to 8). A list id of 0 takes the paragraph out of any list. */
export interface NumberingReference {
  readonly listId: string | undefined;
  readonly level: number | undefined;
}

/** Styles by id. */
export type Styles = ReadonlyMap<string, Style>;

/** A chain of base styles longer than this is a circle. */
const MAX_CHAIN = 20;
const HEADING_NAME = /^(?:heading [1-9]|title|标题)/i;
/** An outline level of 9 means body text (17.3.1.20). */
const BODY_LEVEL = 9;

/** Reads word/styles.xml. */
export function readStyles(part: XmlElement | null): Styles {
  const styles = new Map<string, Style>();
  for (const element of part ? childElements(part, 'style') : []) {
    const id = element.attributes['styleId'];
    if (id === undefined) continue;
    const paragraph = childElement(element, 'pPr');
    const name = childElement(element, 'name')?.attributes['val'] ?? id;
    styles.set(id, {
      name,
      basedOn: childElement(element, 'basedOn')?.attributes['val'],
      numbering: readNumberingReference(paragraph),
      isHidden: toggle(childElement(element, 'rPr'), 'vanish'),
      isRaised: isRaised(childElement(element, 'rPr')),
      isStruck: isStruck(childElement(element, 'rPr')),
      isHeading: HEADING_NAME.test(name) || hasOutlineLevel(paragraph),
    });
  }
  return styles;
}

/** The first answer of a style or one of those it is based on. */
export function styleAnswer<T>(
  styles: Styles,
  id: string | undefined,
  ask: (style: Style) => T | undefined,
): T | undefined {
  let next = id;
  for (let steps = 0; next !== undefined && steps < MAX_CHAIN; steps++) {
    const style = styles.get(next);
    if (!style) return undefined;
    const answer = ask(style);
    if (answer !== undefined) return answer;
    next = style.basedOn;
  }
  return undefined;
}

/** The list reference in paragraph properties, or undefined. */
export function readNumberingReference(paragraph: XmlElement | undefined): NumberingReference | undefined {
  const element = childElement(paragraph, 'numPr');
  if (!element) return undefined;
  const level = Number.parseInt(childElement(element, 'ilvl')?.attributes['val'] ?? '', 10);
  return {
    listId: childElement(element, 'numId')?.attributes['val'],
    level: Number.isNaN(level) ? undefined : level,
  };
}

/** True where paragraph properties give an outline level, which makes the paragraph a heading. */
export function hasOutlineLevel(paragraph: XmlElement | undefined): boolean {
  const level = Number.parseInt(childElement(paragraph, 'outlineLvl')?.attributes['val'] ?? '', 10);
  return level >= 0 && level < BODY_LEVEL;
}

/** Whether run properties set text as superscript (17.3.2.42); undefined where they do not say. */
export function isRaised(properties: XmlElement | undefined): boolean | undefined {
  const element = childElement(properties, 'vertAlign');
  return element && element.attributes['val'] === 'superscript';
}

/** Whether run properties strike text out, once or twice (17.3.2.37, 17.3.2.9); undefined where they do not say. */
export function isStruck(properties: XmlElement | undefined): boolean | undefined {
  const [once, twice] = [toggle(properties, 'strike'), toggle(properties, 'dstrike')];
  return once === undefined ? twice : once || twice === true;
}

/** A switch such as `<w:vanish/>` in run properties: on unless its value says off (17.17.4); undefined where it is not there. */
export function toggle(properties: XmlElement | undefined, name: string): boolean | undefined {
  const element = childElement(properties, name);
  if (!element) return undefined;
  return !['0', 'false', 'off'].includes(element.attributes['val'] ?? '');
}
