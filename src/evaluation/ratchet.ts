import type { Figures } from './score.js';

/** Figures by group: `all`, then a format, a family or the like. */
export type Board = Readonly<Record<string, Figures>>;

/** One figure that is not what the tracked scoreboard says. */
export interface Movement {
  readonly group: string;
  readonly figure: string;
  readonly tracked: number | null;
  readonly measured: number | null;
  readonly verdict: 'worse' | 'better' | 'different';
}

/** These are good when high; every other figure is good when low, except for what is only counted. */
const GOOD_WHEN_HIGH = /^(form|fields|nonzero|exact_docs|meta|slips_seen|accepted@.*)$/;
const COUNTED = /^docs$/;
/** Calibration moves in its last places with every harmless change; within this nobody needs to be told. */
const CALIBRATION = /^(ece|brier)$/;
const CALIBRATION_TOLERANCE = 0.0005;

/** What moved between a tracked scoreboard and a measured one; groups that only one of them has are `different`. */
export function compareBoards(tracked: Board, measured: Board): Movement[] {
  const groups = [...new Set([...Object.keys(tracked), ...Object.keys(measured)])];
  return groups.flatMap((group) => {
    const before = tracked[group] ?? {};
    const after = measured[group] ?? {};
    const figures = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return figures.flatMap((figure) =>
      compareFigure(group, figure, before[figure] ?? null, after[figure] ?? null),
    );
  });
}

function compareFigure(
  group: string,
  figure: string,
  tracked: number | null,
  measured: number | null,
): Movement[] {
  if (tracked === measured) return [];
  const movement = { group, figure, tracked, measured };
  if (tracked === null || measured === null || COUNTED.test(figure))
    return [{ ...movement, verdict: 'different' }];
  if (CALIBRATION.test(figure) && Math.abs(measured - tracked) <= CALIBRATION_TOLERANCE) return [];
  const isBetter = GOOD_WHEN_HIGH.test(figure) ? measured > tracked : measured < tracked;
  return [{ ...movement, verdict: isBetter ? 'better' : 'worse' }];
}
