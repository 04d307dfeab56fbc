// The samples of a run as arrays: what it learns from and what it validates with, prepared as the run sees them.
import type { ModelMetadata } from '#engine/layers-model';
import type { SampleList, Samples, TrainingData } from '#engine/training-data';
import type { ExportFile } from '../exporter';
import { NpyFile, type NpyValues } from './npy';

const AT_ONCE = 64;

/** Classes, one a sample or a pixel, or the standardized value. */
function targetsOf({ labels, targets }: Samples, output: ModelMetadata['output']): NpyValues {
  switch (output) {
    case 'probabilities':
      return labels;
    case 'pixel probabilities':
      return Uint8Array.from(targets![0]);
    case 'value':
      return Float32Array.from(targets![0]);
  }
}

function partFiles(data: TrainingData, part: 'train' | 'validation', output: ModelMetadata['output']): ExportFile[] {
  const list: SampleList = { indices: data[part] };
  const count = list.indices.length;
  const targetShape = { probabilities: [], 'pixel probabilities': data.inputShape.slice(0, 2), value: [1] }[output];
  const [inputs, targets] = [new NpyFile(count, data.inputShape), new NpyFile(count, targetShape)];
  for (let start = 0; start < count; start += AT_ONCE) {
    const samples = data.read(list, start, Math.min(AT_ONCE, count - start));
    inputs.append(samples.pixels);
    targets.append(targetsOf(samples, output));
  }
  if (count === 0) {
    // Of the right types all the same.
    const sample = data.read({ indices: data.train }, 0, 1);
    inputs.append(sample.pixels.subarray(0, 0));
    targets.append(targetsOf(sample, output).subarray(0, 0));
  }
  return [
    { path: `data/${part}-inputs.npy`, bytes: inputs.finish() },
    { path: `data/${part}-targets.npy`, bytes: targets.finish() },
  ];
}

export const dataFiles = (data: TrainingData, output: ModelMetadata['output']): ExportFile[] => [
  ...partFiles(data, 'train', output),
  ...partFiles(data, 'validation', output),
];
