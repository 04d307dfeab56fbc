// A reading thread: makes the pictures of wanted slots until the run ends. What fails is left to the training process, which makes the
// same pictures again and meets the same error where it can be said.
import { workerData } from 'node:worker_threads';
import { PackedSamples, type SamplesPlace } from '#datasets/packed-samples';
import { produce, type Recipe, type Stored } from './produce';
import { SLOT, Slots, type SharedSlots } from './slots';

export interface WorkerData {
  place: SamplesPlace;
  masksPlace?: SamplesPlace;
  recipe: Recipe;
  shared: SharedSlots;
}

const { place, masksPlace, recipe, shared } = workerData as WorkerData;
const slots = new Slots(shared);
let stored: Stored | undefined;

slots.serve((slot) => {
  try {
    stored ??= { samples: new PackedSamples(place, 0), ...(masksPlace && { masks: new PackedSamples(masksPlace, 0) }) };
    produce(stored, recipe, slots.order(slot), slots.pixels(slot));
    slots.setState(slot, SLOT.ready);
  } catch {
    slots.setState(slot, SLOT.failed);
  }
});
stored?.samples.close();
stored?.masks?.close();
