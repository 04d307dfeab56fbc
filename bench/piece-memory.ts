// Memory of one micro-batch above what lies there anyway, in a process of its own.
import { Contestant, type ContestantOptions } from './contestant';
import type { PieceMemory, Task } from './protocol';

/** What is freed goes back to the system at once, on every side: then resident memory is what is held, and not what malloc keeps for later. */
const GIVE_BACK = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };
const TIMES = 3;

/** Of the first micro-batch of a mini-batch, and of the others: PyTorch's first has no gradient sums beside it yet, all later ones have. */
export interface PiecesMemory {
  first: PieceMemory;
  later: PieceMemory;
}

/** The highest of a few times, after a whole mini-batch that traced, compiled and started whatever there is. */
export async function piecesMemory(options: ContestantOptions, task: Task, folder: string): Promise<PiecesMemory> {
  const player = await Contestant.start(options, folder, GIVE_BACK);
  const highest = (values: (number | undefined)[]): number | undefined =>
    values.includes(undefined) ? undefined : Math.max(...(values as number[]));
  const measure = async (count: number): Promise<PieceMemory> => {
    const seen: PieceMemory[] = [];
    for (let i = 0; i < TIMES; i++) seen.push(await player.ask({ kind: 'pieces', count }));
    return { peakBytes: highest(seen.map((s) => s.peakBytes)), countedBytes: highest(seen.map((s) => s.countedBytes)) };
  };
  try {
    await player.ask({ kind: 'prepare', task });
    await player.ask({ kind: 'steps', count: 1 });
    return { first: await measure(1), later: await measure(2) };
  } finally {
    await player.stop();
  }
}
