// The pictures of an opened data set as a run reads them, with their masks: varied, mixed, resized, read ahead where that is worth it.
import { MASKS_FILE } from '#datasets/version-files';
import type { PackedDataset } from '#datasets/packed-dataset';
import { mixingOf, type Mixing } from '#engine/augment/mixup';
import type { SampleList, Samples } from '#engine/training-data';
import { FailureError } from '#shared/failure';
import type { PictureManifest } from '#shared/dataset';
import type { RunSpec } from '#shared/run-spec';
import type { SegmentationManifest } from '#shared/segmentation';
import { planInput } from './input-plan';
import { maskBytes, pictureBytes, produce, sampleBytes, type Order, type Recipe } from './produce';
import { ReadAhead } from './read-ahead';
import { shareSlots } from './slots';
import { workerFile } from './worker-file';

export interface Input {
  /** Host memory held from the first step on. */
  hostBytes: number;
  /** The same for other settings of these. */
  hostBytesFor(batch: number, budgetBytes: number): number;
  read(list: SampleList, start: number, size: number): Samples;
  expect(lists: Iterable<SampleList>): void;
  /** Threads that read ahead; 0: who asks for a sample makes it. */
  readers: number;
  /** Milliseconds in which the run waited for pictures or made them itself. */
  stalledMs(): number;
  close(): Promise<void>;
}

type Dataset = PackedDataset<PictureManifest | SegmentationManifest>;

interface Opened {
  dataset: Dataset;
  train: Int32Array;
  spec: RunSpec;
  budgetBytes: number;
}

export const recipeOf = ({ manifest }: Pick<Dataset, 'manifest'>, spec: RunSpec): Recipe => {
  const { width, height, channels } = manifest;
  const side = spec.inputSize;
  return {
    seed: spec.seed,
    augment: spec.augment ?? {},
    stored: { width, height, channels },
    input: side === undefined ? { width, height, channels } : { width: side, height: side, channels },
    ...(manifest.kind === 'segmentation' && { masked: true }),
  };
};

/** @throws FailureError bad-setting when reading threads are asked for and were not built */
export function openInput({ dataset, train, spec, budgetBytes }: Opened): Input {
  const { manifest, folder } = dataset;
  const recipe = recipeOf(dataset, spec);
  const file = workerFile();
  if (file === undefined && spec.workers) {
    throw new FailureError({
      kind: 'bad-setting',
      problem: 'The program of the reading threads is missing. Build Overbatch again, or use --workers 0.',
    });
  }
  const planFor = (batch: number, budget: number) =>
    planInput({ ...spec, batch, ...(file === undefined && { workers: 0 }) }, recipe, manifest.count, train.length, budget);
  const plan = planFor(spec.batch, budgetBytes);
  const bytes = sampleBytes(recipe.input, recipe);
  const labelOf = (index: number): number => manifest.samples[index].label;
  const mixings = new WeakMap<SampleList, Mixing>();
  const alpha = recipe.augment.mixup ?? 0;
  const mixingIn = (list: SampleList, step: number): Mixing => {
    let mixing = mixings.get(list);
    if (!mixing) mixings.set(list, (mixing = mixingOf(alpha, spec.seed, step, list.indices.length)));
    return mixing;
  };

  const order = (list: SampleList, start: number, count: number): Order => {
    const { indices, step } = list;
    const taken = { ...(step === undefined ? {} : { step }), start, indices: indices.subarray(start, start + count) };
    if (alpha === 0 || step === undefined) return taken;
    const { partners, shares } = mixingIn(list, step);
    const places = partners.slice(start, start + count);
    return { ...taken, mix: { places, indices: places.map((place) => indices[place]), shares: shares.slice(start, start + count) } };
  };

  let ahead: ReadAhead | undefined;
  let scratch = new Uint8Array();
  let alone = 0;
  const make = (what: Order, into: Uint8Array): void => produce(dataset, recipe, what, into);
  return {
    hostBytes: plan.hostBytes,
    readers: plan.workers,
    hostBytesFor: (batch, budget) => planFor(batch, budget).hostBytes,
    read(list, start, size) {
      if (scratch.length < size * bytes) scratch = new Uint8Array(size * bytes);
      const made = scratch.subarray(0, size * bytes);
      const what = order(list, start, size);
      if (ahead) ahead.read(list, start, size, made);
      else {
        const begin = performance.now();
        make(what, made);
        alone += performance.now() - begin;
      }
      const labels = what.indices.map(labelOf);
      if (recipe.masked) return { ...apart(made, recipe.input), labels };
      if (alpha === 0) return { pixels: made, labels };
      const partners = what.mix ? what.mix.indices.map(labelOf) : labels;
      return { pixels: made, labels, targets: [labels, partners, what.mix?.shares ?? new Float32Array(size).fill(1)] };
    },
    expect(lists) {
      if (!plan.slots) return;
      dataset.samples.leaveOnDisk();
      dataset.masks?.leaveOnDisk();
      const place = { folder, count: manifest.count, sampleBytes: pictureBytes(recipe.stored) };
      const masksPlace = recipe.masked ? { ...place, file: MASKS_FILE, sampleBytes: maskBytes(recipe.stored) } : undefined;
      ahead ??= new ReadAhead({
        place,
        masksPlace,
        recipe,
        shared: shareSlots(plan.slots),
        workers: plan.workers,
        workerFile: file!,
        order,
        produce: make,
      });
      ahead.expect(lists);
    },
    stalledMs: () => alone + (ahead?.stalledMs ?? 0),
    close: async () => ahead?.close(),
  };
}

/** Samples as they were made, a picture with its mask behind it: pictures in one array, masks as class indices in another. */
function apart(made: Uint8Array, input: Recipe['input']): { pixels: Uint8Array; targets: [Int32Array] } {
  const [picture, mask] = [pictureBytes(input), maskBytes(input)];
  const count = made.length / (picture + mask);
  const [pixels, targets] = [new Uint8Array(count * picture), new Int32Array(count * mask)];
  for (let i = 0; i < count; i++) {
    const start = i * (picture + mask);
    pixels.set(made.subarray(start, start + picture), i * picture);
    targets.set(made.subarray(start + picture, start + picture + mask), i * mask);
  }
  return { pixels, targets: [targets] };
}
