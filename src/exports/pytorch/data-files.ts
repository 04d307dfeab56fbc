// The samples of a run as arrays: what it learns from and what it validates with, prepared as the run sees them. They are read while they are
// written, a few at a time: a data set may be larger than the memory.
import type { ModelMetadata } from '#engine/layers-model';
import type { Samples, TrainingData } from '#engine/training-data';
import type { ExportFile } from '../exporter';
import { bytesOf, npyHeader, type NpyValues } from './npy';

const AT_ONCE = 64;

type Output = ModelMetadata['output'];
type Take = (samples: Samples) => NpyValues;

/** Classes, one a sample or a pixel, or the standardized value. */
function targetsOf({ labels, targets }: Samples, output: Output): NpyValues {
  switch (output) {
    case 'probabilities':
      return labels;
    case 'pixel probabilities':
      return Uint8Array.from(targets![0]);
    case 'value':
      return Float32Array.from(targets![0]);
  }
}

function* piecesOf(data: TrainingData, indices: Int32Array, take: Take): Generator<Uint8Array> {
  const list = { indices };
  for (let start = 0; start < indices.length; start += AT_ONCE)
    yield bytesOf(take(data.read(list, start, Math.min(AT_ONCE, indices.length - start))));
}

export function dataFiles(data: TrainingData, output: Output): ExportFile[] {
  const targetShape = { probabilities: [], 'pixel probabilities': data.inputShape.slice(0, 2), value: [1] }[output];
  const arrays: [name: string, shape: readonly number[], take: Take][] = [
    ['inputs', data.inputShape, ({ pixels }) => pixels],
    ['targets', targetShape, (samples) => targetsOf(samples, output)],
  ];
  return (['train', 'validation'] as const).flatMap((part) =>
    arrays.map(([name, shape, take]) => {
      const one = take(data.read({ indices: data.train }, 0, 1));
      const bytes = npyHeader(one, [data[part].length, ...shape]);
      const size = bytes.byteLength + data[part].length * one.byteLength;
      return { path: `data/${part}-${name}.npy`, bytes, size, rest: () => piecesOf(data, data[part], take) };
    }),
  );
}
