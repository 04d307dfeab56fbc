// A reading thread: makes the pictures of wanted slots until the run ends. What fails is left to the training process, which makes the
// same pictures again and meets the same error where it can be said.
import { workerData } from 'node:worker_threads';
import { PackedSamples, type SamplesPlace } from '#datasets/packed-samples';
import { produce, type Recipe } from './produce';
import { SLOT, Slots, type SharedSlots } from './slots';

export interface WorkerData {
  place: SamplesPlace;
  recipe: Recipe;
  shared: SharedSlots;
}

const { place, recipe, shared } = workerData as WorkerData;
const slots = new Slots(shared);
let samples: PackedSamples | undefined;

slots.serve((slot) => {
  try {
    samples ??= new PackedSamples(place, 0);
    produce(samples, recipe, slots.order(slot), slots.pixels(slot));
    slots.setState(slot, SLOT.ready);
  } catch {
    slots.setState(slot, SLOT.failed);
  }
});
samples?.close();
