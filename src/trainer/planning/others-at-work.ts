// How much of the processors other programs took from this process while something was timed, which then took longer.
import { cpus } from 'node:os';

/** All cores together, since the computer was started. */
const busyMilliseconds = (): number => cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);

/** @param busy of all cores together, with `mine`, in milliseconds like all here @param wanted cores of `cores` @returns 0 to 1 */
export function takenByOthers(time: { wall: number; busy: number; mine: number }, wanted: number, cores: number): number {
  const { wall, busy, mine } = time;
  const theirs = (busy - mine) / (wall * cores);
  const missed = 1 - mine / (wall * wanted);
  return Math.min(1, Math.max(0, Math.min(theirs, missed)));
}

/**
 * From now on; what it answers, when asked, says the share since then of what this process wanted, 0 to 1. A core that it would not have used
 * anyway was taken from nobody.
 * @param wanted cores
 */
export function watchOthers(wanted: number): () => number {
  const [before, own, begin] = [busyMilliseconds(), process.cpuUsage(), performance.now()];
  return () => {
    const wall = performance.now() - begin;
    const { user, system } = process.cpuUsage(own);
    return takenByOthers({ wall, busy: busyMilliseconds() - before, mine: (user + system) / 1000 }, wanted, cpus().length);
  };
}
