// A stage's function made ready for pieces of one size.
import type { Programs } from '../programs';
import type { CompiledFunction } from '../runtime';
import type { ExactBatchNorm } from './exact';
import { specOf } from './keys';
import type { StageFunction } from './stage-function';

export const compiledStage = (programs: Programs, { staging, id }: ExactBatchNorm, fn: StageFunction, n: number): CompiledFunction =>
  programs.get(
    `${fn.name}_${id}_${n}`,
    () => fn.takes.map((key) => specOf(staging, key, n)),
    () => (tensors) => fn.run(new Map(fn.takes.map((key, i) => [key, tensors[i]]))),
  );
