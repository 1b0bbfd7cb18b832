import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../../i18n/translate.js';
import type { CellEvidence } from '../../../../src/model/evidence.js';
import { isCell, isShown, markClass, type Mark, type SourceProps } from './marks.js';

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
  const cells = useMemo(
    () => marks.filter(isCell).filter((one) => isShown(one, selected)),
    [marks, selected],
  );
  const choose = useRef(onSelect);
  choose.current = onSelect;
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (!inside || round === 0) return;
    mark(inside, cells, selected, (id) => choose.current(id));
  }, [cells, selected, round]);
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
  .mark { cursor: pointer; }
  .mark.doubtful { background: #fdf0cf !important; outline: 1px solid #b45309; }
  .mark.settled { background: #d9f2e2 !important; outline: 1px solid #15803d; }
  .mark.selected { background: #dfe8fe !important; outline: 3px solid #1d4ed8 !important; }
`;

function mark(
  inside: Document,
  marks: readonly Mark<CellEvidence>[],
  selected: Mark['id'] | null,
  choose: (id: Mark['id']) => void,
): void {
  addStyle(inside);
  for (const old of inside.querySelectorAll('.mark')) old.className = '';
  const byElement = new Map<Element, Mark<CellEvidence>>();
  for (const one of marks) {
    const element = inside.getElementById(cellId(one.evidence));
    if (!element || (byElement.has(element) && one.id !== selected)) continue;
    byElement.set(element, one);
    element.className = markClass(one, selected);
    element.setAttribute('title', one.title);
  }
  inside.onclick = (event) => {
    const target = (event.target as Element | null)?.closest?.('.mark');
    const one = target ? byElement.get(target) : undefined;
    event.preventDefault();
    if (one) choose(one.id);
  };
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  inside.querySelector('.mark.selected')?.scrollIntoView({ block: 'center', inline: 'nearest', behavior });
}

/** Constructed by the frame's own window, so that no inline style has to be allowed. */
function addStyle(inside: Document): void {
  const view = inside.defaultView;
  if (!view || inside.adoptedStyleSheets.length > 0) return;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  inside.adoptedStyleSheets = [sheet];
}

/** The id that the server's rendering gives the cell. */
function cellId({ table, row, column }: CellEvidence): string {
  return `t${table}-r${row}-c${column}`;
}
