import { foldLabel } from '../../text/fold.js';
import { flowText, type FlowTable } from './flow.js';
import { isLink, listLines, proseWeight, weigh, type Article, type Line } from './find-article.js';
import type { HtmlFlow } from './html-flow.js';
import { ancestorsOf, insideTest } from './places.js';
import type { HtmlElement } from './parse-html.js';
import { isArticleFurniture, isSiteFurniture } from './site-furniture.js';

/** A footer inside the article's element holds less prose than this. */
const MAX_FOOTER_PROSE_CHARACTERS = 200;
/** So many lines in a row that are links are a menu, not the report. */
const MIN_MENU_LINES = 4;

/**
 * Sets the region of every line and table: body inside the article; furniture outside it, and inside it for the site's own
 * lines, menus, footers and tables of properties.
 */
export function markRegions(page: HtmlFlow, article: Article): void {
  const lines = listLines(page);
  const inside = insideTest(article.element);
  const inFooter = insideTest(...findFooters(lines, article, inside));
  const menu = findMenuLines(lines);
  for (const line of lines) {
    const { text, element } = line;
    if (!inside(element) || inFooter(element) || menu.has(line) || isArticleFurniture(text.text))
      text.region = 'furniture';
  }
  const holders = ancestorsOf(article.element);
  for (const [element, table] of page.tables) {
    if (holders.has(element)) table.isLayout = true;
    else if (!inside(element) || inFooter(element) || isPropertyTable(table)) markFurniture(table);
  }
}

/** Elements inside the article that hold a site's footer: around one of its lines, as far up as nothing of the report is in them. */
function findFooters(
  lines: readonly Line[],
  article: Article,
  inside: (element: HtmlElement) => boolean,
): HtmlElement[] {
  const prose = weigh(lines, proseWeight);
  const isForeign = (element: HtmlElement): boolean =>
    element !== article.element &&
    (article.weights.get(element) ?? 0) === 0 &&
    (prose.get(element) ?? 0) <= MAX_FOOTER_PROSE_CHARACTERS;
  const footers: HtmlElement[] = [];
  for (const { element, text } of lines) {
    if (!inside(element) || !isForeign(element) || !isSiteFurniture(text.text)) continue;
    let footer = element;
    while (footer.parent && isForeign(footer.parent)) footer = footer.parent;
    footers.push(footer);
  }
  return footers;
}

function findMenuLines(lines: readonly Line[]): Set<Line> {
  const found = new Set<Line>();
  let run: Line[] = [];
  const endRun = (): void => {
    if (run.length >= MIN_MENU_LINES) for (const line of run) found.add(line);
    run = [];
  };
  for (const line of lines) {
    if (isLink(line) && line.table === null) run.push(line);
    else endRun();
  }
  endRun();
  return found;
}

const PROPERTY_LABEL =
  /^(?:信息)?(?:索引号?|索取号|名称|标题|分类|信息分类|主题分类|体裁分类|服务对象|组配分类|发布机构|发文机[关构]|公开主体|责任部门|发文字号|文号|发布日期|发文日期|成文日期|生成日期|生效日期|公开日期|公开方式|公开时限|公开范围|公开程序|公开形式|关键词|主题词|有效性|时效性|废止日期|内容概述|来源|浏览次数)$/;
const MIN_PROPERTY_LABELS = 2;
const MAX_PROPERTY_ROWS = 12;

/** The small table of an article's properties (索引号, 发布机构 …) that sites print above it. */
function isPropertyTable(table: FlowTable): boolean {
  if (table.rows.length > MAX_PROPERTY_ROWS) return false;
  const texts = table.rows.flatMap((row) => row.cells.map((cell) => flowText(cell.content)));
  return (
    texts.filter((text) => PROPERTY_LABEL.test(foldLabel(text.split(/[:：]/)[0] ?? ''))).length >=
    MIN_PROPERTY_LABELS
  );
}

function markFurniture(table: FlowTable): void {
  table.region = 'furniture';
  for (const row of table.rows) {
    for (const cell of row.cells) {
      for (const item of cell.content) {
        if (item.kind === 'table') markFurniture(item);
        else item.region = 'furniture';
      }
    }
  }
}
