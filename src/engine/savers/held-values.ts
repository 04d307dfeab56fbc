// What a backward pass holds, in values of one sample: a model to choose by, which knows no kernel's room. The bytes themselves are forecast (forecast.ts).
import { sizeOf } from '../layers/layer';
import type { Network } from '../network';
import { readsInput, readsOutput } from './light-layers';

/** For each place. */
export interface HeldValues {
  /** Of its output, from the forward pass until the gradient has passed its readers. */
  kept: number[];
  /** While the gradient passes, beside what earlier places keep: the gradients of output and inputs, the output where it is read, and what is computed again. */
  passing: number[];
}

/** @param share of a value that is kept */
export function heldValues({ nodes }: Network, recomputed: readonly boolean[], share = 1): HeldValues {
  const sizes = nodes.map(({ layer }) => sizeOf(layer.outputShape));
  const isSaved = nodes.map(({ layer }) => readsOutput(layer));
  for (const [place, { layer, inputs }] of nodes.entries())
    if (readsInput(layer) || recomputed[place]) for (const input of inputs) if (input >= 0) isSaved[input] = true;
  return {
    kept: sizes.map((size, place) => (isSaved[place] && !recomputed[place] ? share * size : 0)),
    passing: nodes.map(({ layer, inputs }, place) => {
      let values = (readsOutput(layer) ? 1 + (recomputed[place] ? 1 : share) : 1) * sizes[place];
      for (const input of inputs) if (input >= 0) values += (recomputed[input] && readsInput(layer) ? 2 : 1) * sizes[input];
      return values;
    }),
  };
}

/** The most that is held at once while the gradient goes back to a place. */
export function peakOf({ kept, passing }: HeldValues, from: number): number {
  let [held, most] = [0, 0];
  for (let place = from; place < kept.length; place++) {
    most = Math.max(most, held + passing[place]);
    held += kept[place];
  }
  return most;
}
