import { useLayoutEffect, useState } from 'preact/hooks';
import { formatNumber } from '../cells.js';
import type { IdentityNow } from '../identities.js';
import type { Desk } from '../use-desk.js';

interface IdentityLinesProps {
  readonly desk: Desk;
  readonly frame: { readonly current: HTMLElement | null };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A failed identity as it is drawn: the cells it adds up, the cells these should equal, both sums. */
interface Line {
  readonly id: string;
  readonly path: string;
  readonly dots: readonly Point[];
  readonly ends: readonly Point[];
  readonly label: Point;
  /** Where a line leads to the label from; null where the label stands beside. */
  readonly lead: Point | null;
  readonly text: string;
  readonly isSelected: boolean;
  /** Somebody has said that the report prints it like that. */
  readonly isSettled: boolean;
}

/** How far lines keep from digits and from each other, in pixels. */
const INSET = 5;
const LANE = 5;
/** Room right of the form, as in review.css. */
const GUTTER = 76;
const LABEL = { height: 18, perCharacter: 7.2, padding: 12, gap: 3 } as const;

/** Lines over the form that join the cells of every failed identity, with what each side adds up to. */
export function IdentityLines({ desk, frame }: IdentityLinesProps) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const failed = desk.identities.filter((identity) => identity.state === 'fails');
  const signature = failed.map(({ id, leftSum, rightSum }) => `${id} ${leftSum} ${rightSum}`).join();
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const measure = (): void => setLines(layLines(element, failed, desk));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [signature, desk.selected, desk.questions, desk.tab]);
  if (lines.length === 0) return null;
  return (
    <svg class="identity-lines" aria-hidden="true">
      {lines.map((line) => (
        <g key={line.id} class={`line${stateOf(line)}`}>
          <path d={line.path} />
          {line.lead && <path d={`M${line.lead.x} ${line.lead.y}L${line.label.x} ${line.label.y}`} />}
          {line.dots.map((dot, index) => (
            <circle key={index} cx={dot.x} cy={dot.y} r={2.5} />
          ))}
          {line.ends.map((end, index) => (
            <rect key={index} x={end.x - 3.5} y={end.y - 3.5} width={7} height={7} />
          ))}
        </g>
      ))}
      {lines.map((line) => (
        <SumLabel key={line.id} line={line} />
      ))}
    </svg>
  );
}

function SumLabel({ line }: { readonly line: Line }) {
  const width = widthOf(line.text);
  return (
    <g class={`sums${stateOf(line)}`}>
      <rect
        x={line.label.x - width / 2}
        y={line.label.y - LABEL.height / 2}
        width={width}
        height={LABEL.height}
        rx={9}
      />
      <text x={line.label.x} y={line.label.y + 4} text-anchor="middle">
        {line.text}
      </text>
    </g>
  );
}

function stateOf({ isSelected, isSettled }: Line): string {
  return (isSelected ? ' selected' : '') + (isSettled ? ' settled' : '');
}

function layLines(frame: HTMLElement, failed: readonly IdentityNow[], desk: Desk): Line[] {
  const { selectedKey } = desk;
  const origin = frame.getBoundingClientRect();
  const rectOf = (key: string): DOMRect | null =>
    frame.querySelector(`[data-field="${CSS.escape(`field:${key}`)}"]`)?.getBoundingClientRect() ?? null;
  const lanes = new Map<string, number>();
  const gutter: number[] = [];
  return failed.flatMap((identity): Line[] => {
    const left = identity.left.map(rectOf).filter((rect) => rect !== null);
    const right = identity.right.map(rectOf).filter((rect) => rect !== null);
    const last = right[right.length - 1];
    const [first] = left;
    if (!first || !last) return [];
    const isRow = [...left, ...right].every((rect) => Math.abs(rect.top - first.top) < 1);
    const lane = isRow ? `row ${first.top}` : `column ${first.left}`;
    const number = lanes.get(lane) ?? 0;
    lanes.set(lane, number + 1);
    const place = (rect: DOMRect): Point =>
      isRow
        ? { x: rect.left + rect.width / 2 - origin.left, y: rect.bottom - 4 - number * LANE - origin.top }
        : { x: rect.left + INSET + number * LANE - origin.left, y: rect.top + rect.height / 2 - origin.top };
    const [dots, ends] = [left.map(place), right.map(place)];
    const all = [...dots, ...ends].sort((a, b) => a.x - b.x || a.y - b.y);
    const text = `${formatNumber(identity.leftSum ?? 0)} ≠ ${formatNumber(identity.rightSum ?? 0)}`;
    const end = place(last);
    return [
      {
        id: identity.id,
        path: all.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x} ${point.y}`).join(''),
        dots,
        ends,
        label: isRow ? besideRow(first, origin, end, text) : inGutter(origin, end, gutter),
        lead: isRow ? null : end,
        text,
        isSelected:
          desk.selected === `check:${identity.id}` ||
          (selectedKey !== null && [...identity.left, ...identity.right].includes(selectedKey)),
        isSettled: desk.questions.get(`check:${identity.id}`)?.isOpen === false,
      },
    ];
  });
}

/** Over the end of the row's own label, where no number is hidden. */
function besideRow(first: DOMRect, origin: DOMRect, end: Point, text: string): Point {
  return {
    x: first.left - origin.left - widthOf(text) / 2 - LABEL.gap,
    y: end.y - LABEL.height / 2 + LABEL.gap,
  };
}

/** Right of the form, at the height of the column's end; under the last label where that one is in the way. */
function inGutter(origin: DOMRect, end: Point, taken: number[]): Point {
  const lowest = Math.max(...taken, -Infinity) + LABEL.height + LABEL.gap;
  const y = Math.max(end.y, lowest);
  taken.push(y);
  return { x: origin.width - GUTTER / 2, y };
}

/** How wide the sums are set, in pixels. */
function widthOf(text: string): number {
  return text.length * LABEL.perCharacter + LABEL.padding;
}
