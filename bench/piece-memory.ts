// Memory of one micro-batch above what lies there anyway, in a process of its own.
import { Contestant, type ContestantOptions } from './contestant';
import type { Answers, Task } from './protocol';

/** What is freed goes back to the system at once, on every side: then resident memory is what is held, and not what malloc keeps for later. */
const GIVE_BACK = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };
const TIMES = 3;

/** The highest of a few micro-batches, after a whole mini-batch that traced, compiled and started whatever there is. */
export async function pieceMemory(options: ContestantOptions, task: Task, folder: string): Promise<Answers['piece']> {
  const player = await Contestant.start(options, folder, GIVE_BACK);
  try {
    await player.ask({ kind: 'prepare', task });
    await player.ask({ kind: 'steps', count: 1 });
    const seen: Answers['piece'][] = [];
    for (let i = 0; i < TIMES; i++) seen.push(await player.ask({ kind: 'piece' }));
    const highest = (values: (number | undefined)[]): number | undefined =>
      values.includes(undefined) ? undefined : Math.max(...(values as number[]));
    return { peakBytes: highest(seen.map((s) => s.peakBytes)), countedBytes: highest(seen.map((s) => s.countedBytes)) };
  } finally {
    await player.stop();
  }
}
