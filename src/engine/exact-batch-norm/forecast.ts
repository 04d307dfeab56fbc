// The bytes of a mini-batch that runs stage by stage, from the functions of its stages in the order in which they run.
import { noiseSpecs } from '../noise';
import type { Programs } from '../programs';
import type { CompiledFunction } from '../runtime';
import { sampleSpecs } from '../step';
import { compiledStage } from './compiled-stage';
import { divisionsBefore, sumKeys } from './gathered';
import type { ExactBatchNorm } from './exact';
import { bytesOf, isParked, SEEN, type Key } from './keys';

/**
 * The most that one piece of n samples has in the engine besides weights and slots.
 * @param need of a call, above its inputs
 */
export function stagesBytes(programs: Programs, exact: ExactBatchNorm, n: number, need: (written: CompiledFunction) => number): number {
  const { staging, steps } = exact;
  const { network, objective } = staging;
  const bytes = (keys: Iterable<Key>): number => [...keys].reduce((sum, key) => sum + bytesOf(staging, key, n), 0);
  const samples = [...sampleSpecs(network, n, objective), ...noiseSpecs(network, n)].map((_, i): Key => `sample ${i}`);
  const gathered = new Set(sumKeys(staging));
  let most = 0;
  for (const [i, step] of steps.entries()) {
    for (const { mean } of divisionsBefore(step, staging)) gathered.add(mean);
    const { takes } = step.fn;
    // The first step's samples come from the reader, all of them; later ones were parked and are uploaded where they are taken.
    const uploads = takes.filter((key) => key === SEEN || (isParked(key) && !(i === 0 && samples.includes(key))));
    const live = bytes(gathered) + bytes(uploads) + (i === 0 ? bytes(samples) : 0);
    most = Math.max(most, live + need(compiledStage(programs, exact, step.fn, n)));
  }
  return most;
}
