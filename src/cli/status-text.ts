import type { QueueName } from '../model/run.js';
import type { QueueDepth } from '../ports/job-queue.js';
import type { StoreStatus } from '../ports/run-store.js';

const NAME_WIDTH = 15;

/** The state of store and queue for a person, a fact a line. */
export function describeStatus(
  status: StoreStatus,
  depths: Readonly<Record<QueueName, QueueDepth>> | null = null,
): string {
  const lines = [
    ['documents', `${status.documents} (${status.sources} different sources)`],
    ['records', `${status.currentDone}`],
    ['failed', `${status.currentFailed}${byCode(status.failuresByCode)}`],
    ['dead letters', `${total(status.deadByCode)}${byCode(status.deadByCode)}`],
    ['waiting', `${status.pending}`],
    ...Object.entries(depths ?? {}).map(([name, { waiting, active, delayed }]) => [
      `queue ${name}`,
      `${waiting} waiting, ${active} active, ${delayed} delayed`,
    ]),
    ['review', `${status.openReviewItems} open questions`],
    [
      'rate',
      `${status.finishedLastMinute} runs in the last minute, ${status.finishedLastHour} in the last hour`,
    ],
  ];
  return lines.map(([name = '', fact = '']) => `${name.padEnd(NAME_WIDTH)}${fact}\n`).join('');
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
