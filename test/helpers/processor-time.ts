/** A bound, in milliseconds, on work that could run away: it takes a tenth of that here, several times as much elsewhere. */
export const A_MINUTE = 60_000;

/** The processor time in milliseconds that some work takes: other work on the machine hardly changes it. */
export async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
