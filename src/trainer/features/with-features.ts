// A data set as the trained part of a network sees it: each sample's features instead of its picture.
import { blankSamples, CLASS_INDEX } from '#engine/training-data';
import type { OpenData } from '../open-training-data';
import { heldBytes, openFeatures } from './feature-file';
import type { FeatureRun } from './feature-run';

/** How it will look, for whoever only plans: nothing is read, each is black. */
export const plannedFeatures = (data: OpenData, { place, tail }: FeatureRun): OpenData => ({
  ...data,
  inputShape: tail.inputShape,
  inputScale: 1,
  hostBytes: heldBytes(place),
  hostBytesFor: () => heldBytes(place),
  readers: 0,
  read: (_list, _start, size) => blankSamples(size, tail.inputShape, CLASS_INDEX),
});

/** Closing it closes the pictures, too. */
export function withFeatures(data: OpenData, run: FeatureRun): OpenData {
  const { place } = run;
  const features = openFeatures(place);
  let waited = 0;
  return {
    ...plannedFeatures(data, run),
    read({ indices }, start, size) {
      const begin = performance.now();
      const taken = indices.subarray(start, start + size);
      const pixels = new Float32Array(size * place.width);
      features.read(taken, new Uint8Array(pixels.buffer));
      waited += performance.now() - begin;
      return { pixels, labels: taken.map((index) => data.all!.labelOf(index)) };
    },
    expect: undefined,
    stalledMs: () => waited,
    close: async () => {
      features.close();
      await data.close();
    },
  };
}
