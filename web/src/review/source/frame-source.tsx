import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../../i18n/translate.js';
import type { Evidence } from '../../../../src/model/evidence.js';
import type { Box } from '../../../../src/model/geometry.js';
import type { CellId } from '../cells.js';
import { isShown, markClass, type Mark, type SourceProps } from './marks.js';

interface FrameSourceProps extends SourceProps {
  readonly html: string;
}

/**
 * The server's rendering in a frame of its own. The frame may run no script, open nothing and submit nothing (sandbox
 * without allow-scripts), and the page's policy lets it load nothing from elsewhere; only we reach into it, to outline
 * the evidence and to see clicks.
 */
export function FrameSource({ html, marks, selected, onSelect }: FrameSourceProps) {
  const t = useTranslate();
  const frame = useRef<HTMLIFrameElement>(null);
  const [round, setRound] = useState(0);
  const shown = useMemo(() => marks.filter((one) => isShown(one, selected)), [marks, selected]);
  const choose = useRef(onSelect);
  choose.current = onSelect;
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (!inside || round === 0) return;
    mark(inside, shown, selected, (id) => choose.current(id));
  }, [shown, selected, round]);
  return (
    <iframe
      ref={frame}
      class="source-frame"
      sandbox="allow-same-origin"
      referrerpolicy="no-referrer"
      title={t('review.sourceOf')}
      srcdoc={html}
      onLoad={() => setRound((value) => value + 1)}
    />
  );
}

const STYLE = `
  [data-mark] { cursor: pointer; }
  [data-mark~="doubtful"] { background: #fff6dd; }
  [data-mark~="settled"] { background: #e4f6ea; }
  [data-mark]:hover { outline: 1px solid #1d4ed8; }
  [data-mark~="selected"] { background: #dfe8fe; outline: 3px solid #1d4ed8; position: relative; }
`;

function mark(
  inside: Document,
  marks: readonly Mark[],
  selected: CellId | null,
  choose: (id: CellId) => void,
): void {
  addStyle(inside);
  for (const old of inside.querySelectorAll('[data-mark]')) old.removeAttribute('data-mark');
  const find = finder(inside);
  const byElement = new Map<Element, Mark>();
  for (const one of marks) {
    const element = find(one.evidence);
    if (!element || (byElement.has(element) && one.id !== selected)) continue;
    byElement.set(element, one);
    element.setAttribute('data-mark', markClass(one, selected));
    element.setAttribute('title', one.title);
  }
  inside.onclick = (event) => {
    const target = (event.target as Element | null)?.closest?.('[data-mark]');
    const one = target ? byElement.get(target) : undefined;
    event.preventDefault();
    if (one) choose(one.id);
  };
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  const chosen = inside.querySelector('[data-mark~="selected"]');
  chosen?.scrollIntoView({ block: 'center', inline: 'nearest', behavior });
}

/** Finds what the rendering made of a place: by the cell's id, or by the smallest element that covers the place. */
function finder(inside: Document): (evidence: Evidence) => Element | null {
  const spans = [...inside.querySelectorAll<HTMLElement>('[data-start]')].map((element) => {
    const { start, end } = element.dataset;
    return { element, start: Number(start), end: Number(end) };
  });
  const boxes = [...inside.querySelectorAll<HTMLElement>('[data-box]')].map((element) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = (element.dataset['box'] ?? '').split(' ').map(Number);
    return { element, page: Number(element.dataset['page']), left, top, right, bottom };
  });
  return (evidence) => {
    if (evidence.kind === 'cell') {
      return inside.getElementById(`t${evidence.table}-r${evidence.row}-c${evidence.column}`);
    }
    if (evidence.kind === 'span') {
      const covering = spans.filter(({ start, end }) => start <= evidence.start && end >= evidence.end);
      return covering.sort((a, b) => a.end - a.start - (b.end - b.start))[0]?.element ?? null;
    }
    const { page, box } = evidence;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const covering = boxes.filter(
      (one) => one.page === page && one.left <= x && one.right >= x && one.top <= y && one.bottom >= y,
    );
    return covering.sort((a, b) => areaOf(a) - areaOf(b))[0]?.element ?? null;
  };
}

function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}

/** Constructed by the frame's own window, so that no inline style has to be allowed. */
function addStyle(inside: Document): void {
  const view = inside.defaultView;
  if (!view || inside.adoptedStyleSheets.length > 0) return;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  inside.adoptedStyleSheets = [sheet];
}
