// What a process holds beside what a budget counts: the program and its engine, and what the engine compiled.
import type { BudgetMeter } from '#engine/meter';
import type { Runtime } from '#engine/runtime';
import type { Beside, HeldBeside } from '#shared/forecast';
import type { Measurement } from '#shared/measurement';

/** Of a process that has worked, and needs what it keeps for its next work no more. */
export function besideBytes({ meter }: Pick<Runtime, 'meter'>, bench: Pick<BudgetMeter, 'inUseBytes' | 'release'>): number {
  bench.release();
  return process.memoryUsage.rss() - (meter.isDeviceMemory ? 0 : bench.inUseBytes);
}

/**
 * As runs with such settings held; else at least what their plan held, or the leanest one with this engine, or this process, which has loaded
 * it and computed little.
 * @param own measured with these settings
 */
export function expectedBeside({ report }: Pick<Runtime, 'report'>, own?: Measurement, known: readonly HeldBeside[] = []): Beside {
  if (own?.ranBesideBytes !== undefined) return { bytes: own.ranBesideBytes };
  const engine = `${report.name} ${report.version}`;
  const others = known.filter((one) => one.engine === engine).map(({ bytes }) => bytes);
  const bytes = own?.besideBytes ?? (others.length > 0 ? Math.min(...others) : process.memoryUsage.rss());
  return { bytes, isLeast: true };
}
