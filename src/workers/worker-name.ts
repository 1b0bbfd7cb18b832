import { hostname } from 'node:os';

/** This process among all workers: machine and process id. */
export function workerName(): string {
  return `${hostname()}/${process.pid}`;
}

/**
 * True where the worker of that name can no longer be at work, as far as this machine can tell: a process of this
 * machine that has ended, or this very process, which knows what it is doing. Workers elsewhere count as alive.
 */
export function isGoneHere(worker: string): boolean {
  const at = worker.lastIndexOf('/');
  const pid = Number(worker.slice(at + 1));
  if (worker.slice(0, at) !== hostname() || !Number.isInteger(pid)) return false;
  return pid === process.pid || !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
