import { useEffect, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../../i18n/translate.js';
import type { CellId } from '../cells.js';
import type { BoxEvidence } from '../../../../src/model/evidence.js';
import { markClass, type Mark } from './marks.js';

/** Anything that has pages: a PDF, or an image that is one page. */
export interface DrawnPage {
  readonly pageNumber: number;
  readonly width: number;
  readonly height: number;
  draw(canvas: HTMLCanvasElement, width: number): Promise<void>;
}

interface PageViewProps {
  readonly page: DrawnPage;
  readonly width: number;
  readonly marks: readonly Mark<BoxEvidence>[];
  readonly selected: CellId | null;
  readonly onSelect: (id: CellId) => void;
}

/** Pages this far outside the pane are drawn already. */
const DRAW_AHEAD = '600px';

/** One page with the boxes of its evidence over it; drawn when it comes near the pane. */
export function PageView({ page, width, marks, selected, onSelect }: PageViewProps) {
  const t = useTranslate();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isNear, setIsNear] = useState(false);
  const [drawnWidth, setDrawnWidth] = useState(0);
  useEffect(() => {
    if (!frame.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setIsNear(true),
      { rootMargin: DRAW_AHEAD },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!isNear || !canvas.current || width === 0) return;
    page.draw(canvas.current, width).then(
      () => setDrawnWidth(width),
      () => setDrawnWidth(-1),
    );
  }, [isNear, page, width]);
  const size = { width: `${width}px`, height: `${(width * page.height) / page.width}px` };
  return (
    <div
      class="source-page"
      ref={frame}
      style={size}
      data-page={page.pageNumber}
      data-drawn={drawnWidth > 0 ? 'yes' : 'no'}
    >
      <canvas ref={canvas} role="img" aria-label={t('review.page', { page: page.pageNumber })} />
      {marks.map((mark) => (
        <button
          type="button"
          tabIndex={-1}
          key={`${mark.id} ${mark.evidence.box.left} ${mark.evidence.box.top}`}
          class={markClass(mark, selected)}
          data-cell={mark.id}
          data-first={mark.isFirst}
          title={mark.title}
          aria-label={mark.title}
          style={boxStyle(mark.evidence, page)}
          onClick={() => onSelect(mark.id)}
        />
      ))}
    </div>
  );
}

/** A little room around the glyphs, in points, so that the outline does not touch them. */
const ROOM = 1.5;

function boxStyle({ box }: BoxEvidence, page: DrawnPage): Record<string, string> {
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return {
    left: percent(box.left - ROOM, page.width),
    top: percent(box.top - ROOM, page.height),
    width: percent(box.right - box.left + 2 * ROOM, page.width),
    height: percent(box.bottom - box.top + 2 * ROOM, page.height),
  };
}
