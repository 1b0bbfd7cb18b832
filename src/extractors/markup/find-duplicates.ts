import type { FlowText } from './flow.js';
import type { HtmlFlow } from './html-flow.js';
import type { HtmlElement } from './parse-html.js';

/** Two elements are copies of an article only when they hold at least so many characters and so many lines of prose. */
const MIN_CHARACTERS = 200;
const MIN_PROSE_LINES = 2;
const MIN_PROSE_CHARACTERS = 25;

/** The lines of the page that an element holds: a run in document order. */
interface Run {
  readonly element: HtmlElement;
  first: number;
  last: number;
}

interface Line {
  /** The same number for the same text. */
  readonly textId: number;
  readonly text: string;
  readonly isProse: boolean;
}

/**
 * Elements that repeat an earlier one line by line, as pages do that carry their article once for the screen and once for
 * print or phones. Only the outermost of nested copies are returned.
 */
export function findDuplicates(page: HtmlFlow): Set<HtmlElement> {
  const { lines, runs } = listRuns(page);
  const seen = new Map<string, Run[]>();
  const copies = new Set<HtmlElement>();
  for (const run of runs) {
    if (!isLarge(run, lines)) continue;
    const key = `${run.last - run.first}:${lines[run.first]?.textId}:${lines[run.last]?.textId}`;
    const earlier = seen.get(key) ?? [];
    if (earlier.some((other) => other.last < run.first && hasSameLines(other, run, lines)))
      copies.add(run.element);
    else seen.set(key, [...earlier, run]);
  }
  return copies;
}

/** All lines in document order, and for every element the run it holds, outer elements first. */
function listRuns(page: HtmlFlow): { lines: Line[]; runs: Run[] } {
  const lines: Line[] = [];
  const ids = new Map<string, number>();
  const runs = new Map<HtmlElement, Run>();
  for (const [item, origin] of page.origins) {
    const index = lines.length;
    lines.push(lineOf(item, origin.element, ids));
    const path: HtmlElement[] = [];
    for (let element: HtmlElement | null = origin.element; element; element = element.parent)
      path.unshift(element);
    for (const element of path) {
      const run = runs.get(element);
      if (run) run.last = index;
      else runs.set(element, { element, first: index, last: index });
    }
  }
  return { lines, runs: [...runs.values()] };
}

function lineOf(item: FlowText, element: HtmlElement, ids: Map<string, number>): Line {
  const textId = ids.get(item.text) ?? ids.size;
  ids.set(item.text, textId);
  const isCell = element.name === 'td' || element.name === 'th';
  return { textId, text: item.text, isProse: !isCell && item.text.length >= MIN_PROSE_CHARACTERS };
}

function isLarge(run: Run, lines: readonly Line[]): boolean {
  let characters = 0;
  let prose = 0;
  for (let i = run.first; i <= run.last; i++) {
    const line = lines[i];
    characters += line?.text.length ?? 0;
    if (line?.isProse === true) prose++;
    if (characters >= MIN_CHARACTERS && prose >= MIN_PROSE_LINES) return true;
  }
  return false;
}

function hasSameLines(one: Run, other: Run, lines: readonly Line[]): boolean {
  const length = one.last - one.first;
  if (length !== other.last - other.first) return false;
  for (let i = 0; i <= length; i++) {
    if (lines[one.first + i]?.textId !== lines[other.first + i]?.textId) return false;
  }
  return true;
}
