import { SingleBar } from 'cli-progress';
import type { Config } from '../config.js';
import type { Output } from './context.js';

/** Tells on standard error how far a batch is. */
export interface Progress {
  readonly step: (failed: boolean) => void;
  /** A line of log between the progress; never torn by a redrawn bar. */
  readonly log: (line: string) => void;
  readonly stop: () => void;
}

/** Plain progress says something at most this often. */
const PLAIN_INTERVAL_MS = 2_000;

/** A bar on a terminal, plain lines elsewhere. */
export function startProgress(total: number, output: Output, config: Config): Progress {
  return output.isTTY && !config.plainOutput ? barProgress(total, output) : plainProgress(total, output);
}

function barProgress(total: number, output: Output): Progress {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} documents, {failed} failed, {eta_formatted} left',
    stream: output,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  let failures = 0;
  bar.start(total, 0, { failed: 0 });
  return {
    step(failed) {
      failures += Number(failed);
      bar.increment(1, { failed: failures });
    },
    log(line) {
      output.write(`\r\u001b[2K${line}`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

function plainProgress(total: number, output: Output): Progress {
  let done = 0;
  let failures = 0;
  let toldAt = Date.now();
  const tell = (): void => void output.write(`${done}/${total} documents, ${failures} failed\n`);
  return {
    step(failed) {
      done += 1;
      failures += Number(failed);
      if (done < total && Date.now() - toldAt < PLAIN_INTERVAL_MS) return;
      toldAt = Date.now();
      tell();
    },
    log: (line) => void output.write(line),
    stop: () => undefined,
  };
}
