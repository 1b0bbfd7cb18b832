import { SingleBar } from 'cli-progress';
import type { CliContext } from './context.js';
import type { RunsMade } from './start-worker.js';

/** How far a run of the queue is. */
export interface RunProgress {
  /** `made` by this process so far, `pending` in the store now: what comes in meanwhile makes the whole longer. */
  readonly update: (made: RunsMade, pending: number) => void;
  /** A line of log between the progress; never torn by a redrawn bar. */
  readonly log: (line: string) => void;
  readonly stop: () => void;
}

const PLAIN_INTERVAL_MS = 5_000;
const MS = 1_000;
const BAR_FORMAT = '{bar} {value}/{total} documents, {failed} failed, {rate} a second, {eta_formatted} left';

/** A bar with rate, failures and time left on a terminal, a line now and then elsewhere. */
export function startRunProgress({ stderr, config }: CliContext): RunProgress {
  const startedAt = Date.now();
  const rateOf = (done: number) => (done / Math.max(1, (Date.now() - startedAt) / MS)).toFixed(1);
  return stderr.isTTY && !config.plainOutput ? barProgress(stderr, rateOf) : plainProgress(stderr, rateOf);
}

function barProgress(stream: NodeJS.WritableStream, rateOf: (done: number) => string): RunProgress {
  const bar = new SingleBar({ format: BAR_FORMAT, stream, hideCursor: true, clearOnComplete: true });
  bar.start(0, 0, { failed: 0, rate: rateOf(0) });
  return {
    update: ({ done, failed }, pending) => {
      const ended = done + failed;
      bar.setTotal(ended + pending);
      bar.update(ended, { failed, rate: rateOf(ended) });
    },
    log: (line) => {
      stream.write(`\r\u001b[2K${line}`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

function plainProgress(stream: NodeJS.WritableStream, rateOf: (done: number) => string): RunProgress {
  let toldAt = Date.now();
  return {
    update: ({ done, failed }, pending) => {
      if (Date.now() - toldAt < PLAIN_INTERVAL_MS) return;
      toldAt = Date.now();
      const ended = done + failed;
      stream.write(`${ended}/${ended + pending} documents, ${failed} failed, ${rateOf(ended)} a second\n`);
    },
    log: (line) => void stream.write(line),
    stop: () => undefined,
  };
}
