/**
 * Milliseconds in which anything ends whose time grows with its input: here it takes a twentieth of that, a slow machine
 * may take several times as long, and what grows with the square of such inputs takes hours.
 */
export const A_MINUTE = 60_000;

/** The processor time in milliseconds that some work takes: other work on the machine hardly changes it. */
export async function processorTime(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
