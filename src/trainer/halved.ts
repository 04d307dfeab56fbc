// Forward passes that run out of memory are done again with half as many samples at once.
import type { Workbench } from '#engine/mbp';

/** Half of what ran out of memory, with its functions gone. @throws what was thrown, where that was for another reason or of one sample */
export function halved({ meter, programs }: Pick<Workbench, 'meter' | 'programs'>, error: unknown, size: number): number {
  const named = meter.named(error, size);
  if (!named || size === 1) throw named ?? error;
  programs.dispose();
  meter.release();
  return Math.floor(size / 2);
}
