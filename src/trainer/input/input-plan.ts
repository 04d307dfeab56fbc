// How the pictures of a run are read: by how many threads, through how many slots of which size, in how many bytes.
import { availableParallelism } from 'node:os';
import { isVaried } from '#shared/augment';
import type { RunSpec } from '#shared/run-spec';
import { pictureBytes, sampleBytes, type Recipe } from './produce';
import { slotBytes, type SlotsShape } from './slots';

export interface InputPlan {
  workers: number;
  /** Absent where the training process reads by itself. */
  slots?: SlotsShape;
  /** Host memory that slots and threads hold: counted against the budget where that is the host's. */
  hostBytes: number;
}

/** Most that waits, in bytes and as a share of the budget. */
const MOST_BYTES = 64 << 20;
const BUDGET_SHARE = 1 / 8;
/** A slot's pictures: enough that handing it over costs nothing, few enough to be ready soon. */
const SLOT_BYTES = 512 << 10;
const MOST_SLOTS = 64;
/** Below this a picture is varied faster than handed over; data sets below the second are read from memory. */
const WORTH_VARYING_BYTES = 2 << 10;
const WORTH_READING_BYTES = 256e6;

const NOTHING: InputPlan = { workers: 0, hostBytes: 0 };

/** @param pictures in the data set; `train` of them are learnt from */
export function planInput(spec: RunSpec, recipe: Recipe, pictures: number, train: number, budgetBytes: number): InputPlan {
  const { stored, input } = recipe;
  const workers = spec.workers ?? usualWorkers(recipe, pictures);
  if (workers === 0) return NOTHING;
  const batch = Math.min(spec.batch, train);
  const bytes = sampleBytes(input, recipe);
  // Threads hold a slot's pictures as stored, and a partner's.
  const costOf = (slots: number, samples: number): number =>
    slots * slotBytes({ slots, samples, bytes }) + workers * (samples * sampleBytes(stored, recipe) + bytes);
  const most = Math.min(MOST_BYTES, BUDGET_SHARE * budgetBytes);
  let samples = Math.max(1, Math.min(batch, Math.floor(SLOT_BYTES / bytes)));
  while (samples > 1 && costOf(4, samples) > most) samples = Math.floor(samples / 2);
  let slots = Math.min(MOST_SLOTS, 2 * Math.ceil(batch / samples) + 1);
  while (slots > 1 && costOf(slots, samples) > most) slots--;
  // With a single slot nothing is read ahead.
  return slots < 2 ? NOTHING : { workers, slots: { slots, samples, bytes }, hostBytes: costOf(slots, samples) };
}

function usualWorkers({ augment, stored, input }: Recipe, pictures: number): number {
  const isResized = stored.width !== input.width || stored.height !== input.height;
  const isWorth =
    isVaried(augment) || isResized ? pictureBytes(stored) >= WORTH_VARYING_BYTES : pictures * pictureBytes(stored) >= WORTH_READING_BYTES;
  return isWorth ? Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2))) : 0;
}
