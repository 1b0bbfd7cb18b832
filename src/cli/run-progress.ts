import { SingleBar } from 'cli-progress';
import type { CliContext } from './context.js';

/** How far a run of the queue is: what is still expected, and what still waits. */
export interface RunProgress {
  /** So many more runs were asked for. */
  expect(more: number): void;
  /** So many runs wait now. */
  update(pending: number): void;
  stop(): void;
}

const PLAIN_INTERVAL_MS = 5_000;
const MS = 1_000;

/** A bar with rate and time left on a terminal, a line now and then elsewhere. */
export function startRunProgress({ stderr, config }: CliContext, pendingAtStart: number): RunProgress {
  const startedAt = Date.now();
  let expected = pendingAtStart;
  let toldAt = startedAt;
  const rate = (done: number) => (done / Math.max(1, (Date.now() - startedAt) / MS)).toFixed(1);
  const bar = stderr.isTTY && !config.plainOutput ? startBar(stderr, expected) : null;
  return {
    expect: (more) => {
      expected += more;
      bar?.setTotal(expected);
    },
    update: (pending) => {
      // Others may add to the same store meanwhile.
      expected = Math.max(expected, pending);
      const done = expected - pending;
      bar?.setTotal(expected);
      bar?.update(done, { rate: rate(done) });
      if (bar || Date.now() - toldAt < PLAIN_INTERVAL_MS) return;
      toldAt = Date.now();
      stderr.write(`${done}/${expected} documents, ${rate(done)} a second\n`);
    },
    stop: () => bar?.stop(),
  };
}

function startBar(stream: NodeJS.WritableStream, total: number): SingleBar {
  const format = '{bar} {value}/{total} documents, {rate} a second, {eta_formatted} left';
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true });
  bar.start(total, 0, { rate: '0' });
  return bar;
}
