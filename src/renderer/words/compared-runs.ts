// How runs that are compared are told apart: each has a letter, a colour and a dash, which stay its own whichever is the baseline.
import type { Comparison } from '#shared/comparison/comparison';
import { RUN_COLOURS, type RunColour } from './chart-series';

/** None is another's, and no two neighbours look alike in grey. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [9, 3, 2, 3], [14, 4], [5, 2, 1, 2, 1, 2], [4, 6], [1, 3]];

export interface RunLook {
  letter: string;
  colour: RunColour;
  dash: readonly number[];
}

/** In the order of the runs, by when they were started. */
export function runLooks(runs: readonly { startedAt: string }[]): RunLook[] {
  const order = runs.map((_, i) => i).sort((a, b) => (runs[a].startedAt < runs[b].startedAt ? -1 : 1));
  return runs.map((_, i) => {
    const place = order.indexOf(i);
    return { letter: String.fromCharCode('A'.charCodeAt(0) + place), colour: RUN_COLOURS[place], dash: DASHES[place] };
  });
}

/** Those that were judged by the very samples of the first, which is the baseline; of another baseline they would be others. */
export function sameSamples<Run extends { run: { id: string } }>([baseline, ...others]: readonly Run[], comparison?: Comparison): Run[] {
  if (!baseline || comparison?.baseline !== baseline.run.id) return [];
  const judged = new Set(comparison.others.flatMap(({ runId, samples }) => (samples.kind === 'samples' ? [runId] : [])));
  return others.filter(({ run }) => judged.has(run.id));
}

/** "A: digits, Small CNN, batch 256": two runs may have one name. */
export const lettered = ({ letter }: RunLook, { name }: { name: string }): string => `${letter}: ${name}`;
