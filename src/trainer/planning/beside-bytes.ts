// What a process holds beside what a budget counts: the program and its engine, whatever is trained.
import type { BudgetMeter } from '#engine/meter';
import type { Runtime } from '#engine/runtime';
import type { HeldBeside } from '#shared/forecast';

/** Of a process that has worked. */
export const besideBytes = ({ meter }: Pick<Runtime, 'meter'>, { inUseBytes }: Pick<BudgetMeter, 'inUseBytes'>): number =>
  process.memoryUsage.rss() - (meter.isDeviceMemory ? 0 : inUseBytes);

/** What was measured with this engine; before that, what this process holds, which has loaded it and computed little. */
export function expectedBeside({ report }: Pick<Runtime, 'report'>, known: readonly HeldBeside[] = []): number {
  const engine = `${report.name} ${report.version}`;
  return known.find((one) => one.engine === engine)?.bytes ?? process.memoryUsage.rss();
}
