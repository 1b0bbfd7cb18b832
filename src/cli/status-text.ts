import type { QueueDepth } from '../ports/job-queue.js';
import type { StoreStatus } from '../ports/run-store.js';

/** The state of store and queue for a person, a fact a line. */
export function describeStatus(status: StoreStatus, depth?: QueueDepth): string {
  const lines = [
    ['documents', `${status.documents} (${status.sources} different sources)`],
    ['records', `${status.currentDone}`],
    ['failed', `${status.currentFailed}${byCode(status.failuresByCode)}`],
    ['dead letters', `${total(status.deadByCode)}${byCode(status.deadByCode)}`],
    ['waiting', `${status.pending}`],
    ...(depth
      ? [['queue', `${depth.waiting} waiting, ${depth.active} active, ${depth.delayed} delayed`]]
      : []),
    ['review', `${status.openReviewItems} open questions`],
    [
      'rate',
      `${status.finishedLastMinute} runs in the last minute, ${status.finishedLastHour} in the last hour`,
    ],
  ];
  return lines.map(([name = '', fact = '']) => `${name.padEnd(14)}${fact}\n`).join('');
}

function byCode(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
