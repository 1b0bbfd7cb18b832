import { listLines, MIN_FORM_LABELS, reportLabels } from './find-article.js';
import { readHtmlFlow, type HtmlFlow } from './html-flow.js';
import type { ElementTest, PageStyle } from './page-style.js';
import { isElement, type HtmlElement } from './parse-html.js';

/**
 * Hidden elements that carry tables of the report which the shown page (`shown`) lacks, with the hidden elements around
 * and beside them: the panels of tabs and folding sections, which scripts show on a click. A hidden copy of what is shown
 * (a draft, another year's report, a version for phones) brings no new words of the forms and stays hidden.
 */
export function findPanels(root: HtmlElement, style: PageStyle, shown: HtmlFlow): Set<HtmlElement> {
  const panels = new Set<HtmlElement>();
  const known = new Set([...reportLabels(listLines(shown)).values()].flatMap((labels) => [...labels]));
  const everything = readHtmlFlow(root, { ...style, isHidden: () => false });
  const labels = reportLabels(listLines(everything));
  for (const [element, table] of everything.tables) {
    const added = [...(labels.get(table) ?? [])].filter((label) => !known.has(label));
    const around = hiddenAround(element, style.isHidden);
    if (around.length === 0 || added.length < MIN_FORM_LABELS) continue;
    for (const label of added) known.add(label);
    for (const panel of around.flatMap((hidden) => withSiblings(hidden, style.isHidden))) panels.add(panel);
  }
  return panels;
}

/** Itself and the elements around it that are hidden; the page itself, which has no attributes, never is. */
function hiddenAround(element: HtmlElement, isHidden: ElementTest): HtmlElement[] {
  const found: HtmlElement[] = [];
  for (let around = element; around.parent; around = around.parent) {
    if (isHidden(around)) found.push(around);
  }
  return found;
}

/** The hidden elements of the same name and class beside a hidden element, and itself. */
function withSiblings(element: HtmlElement, isHidden: ElementTest): HtmlElement[] {
  const siblings = element.parent?.children.filter(isElement) ?? [element];
  return siblings.filter(
    (other) =>
      other.name === element.name && other.attribs['class'] === element.attribs['class'] && isHidden(other),
  );
}
