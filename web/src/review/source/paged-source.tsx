import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../../i18n/translate.js';
import { isBox, isShown, scrollIntoPane, type SourceProps } from './marks.js';
import { PageView, type DrawnPage } from './page-view.js';

const ZOOM_STEP = 1.25;
const ZOOM_RANGE = { least: 0.5, most: 4 } as const;
/** Room left and right of the page in the pane, in pixels. */
const MARGIN = 40;
const WIDEST = 1_000;

interface PagedSourceProps extends SourceProps {
  readonly pages: readonly DrawnPage[];
}

/** Pages under each other, as printed, with the evidence over them; the selected cell's place is scrolled to. */
export function PagedSource({ pages, marks, selected, onSelect }: PagedSourceProps) {
  const pane = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const width = useFittingWidth(pane) * zoom;
  const boxes = useMemo(
    () => marks.filter(isBox).filter((mark) => isShown(mark, selected)),
    [marks, selected],
  );
  useEffect(() => {
    if (selected === null || width === 0) return;
    const mark = pane.current?.querySelector(`[data-cell="${CSS.escape(selected)}"][data-first="true"]`);
    scrollIntoPane(mark ?? null, pane.current);
  }, [selected, pages, width > 0]);
  return (
    <div class="source-body">
      <div class="source-pane" ref={pane} tabIndex={0}>
        {pages.map((page) => (
          <PageView
            key={page.pageNumber}
            page={page}
            width={width}
            marks={boxes.filter((mark) => mark.evidence.page === page.pageNumber)}
            selected={selected}
            onSelect={onSelect}
          />
        ))}
      </div>
      <ZoomButtons zoom={zoom} onZoom={setZoom} />
    </div>
  );
}

function ZoomButtons({ zoom, onZoom }: { readonly zoom: number; readonly onZoom: (zoom: number) => void }) {
  const t = useTranslate();
  const step = (factor: number): void =>
    onZoom(Math.min(ZOOM_RANGE.most, Math.max(ZOOM_RANGE.least, zoom * factor)));
  return (
    <div class="zoom" role="group" aria-label={t('review.zoom')}>
      <button
        type="button"
        class="button"
        aria-label={t('review.zoomOut')}
        onClick={() => step(1 / ZOOM_STEP)}
      >
        −
      </button>
      <button type="button" class="button" onClick={() => onZoom(1)}>
        {t('review.fit')}
      </button>
      <button type="button" class="button" aria-label={t('review.zoomIn')} onClick={() => step(ZOOM_STEP)}>
        +
      </button>
    </div>
  );
}

/** The width a page has to fill the pane; 0 until the pane is measured. */
function useFittingWidth(pane: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return undefined;
    const measure = (): void => setWidth(Math.max(200, Math.min(WIDEST, element.clientWidth - MARGIN)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}
