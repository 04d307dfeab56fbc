// How much of the machine others took during a turn: a busy neighbour costs contestants unequally (OpenMP's barriers spin), so such turns are played again.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds all cores together have worked since the machine started; undefined where Linux does not tell. */
function busyMilliseconds(): number | undefined {
  try {
    const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)[0]
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return (user + nice + system + irq + softirq + steal) * TICK_MS;
  } catch {
    return undefined;
  }
}

/** Runs `turn`, and answers with its result the share of the machine that everybody else used meanwhile, 0 to 1. */
export async function withDisturbance<T extends { milliseconds: number; cpuMilliseconds: number }>(
  turn: () => Promise<T>,
): Promise<{ result: T; share: number }> {
  const before = busyMilliseconds();
  const start = performance.now();
  const result = await turn();
  const capacity = (performance.now() - start) * availableParallelism();
  const after = busyMilliseconds();
  if (before === undefined || after === undefined) return { result, share: 0 };
  return { result, share: Math.max(0, (after - before - result.cpuMilliseconds) / capacity) };
}
