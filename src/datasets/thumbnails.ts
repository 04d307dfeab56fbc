// A few samples of each class as the model will see them, evenly spread over the class.
import type { Thumbnail } from '#shared/dataset-view';
import { openPacked } from './packed-dataset';

/** @throws FailureError dataset-missing, dataset-invalid */
export async function thumbnails(folder: string, perClass: number): Promise<Thumbnail[]> {
  const dataset = await openPacked(folder, 0);
  try {
    const { labels, samples, width, height, channels } = dataset.manifest;
    const byClass = labels.map((): number[] => []);
    samples.forEach(({ label }, index) => byClass[label].push(index));
    return byClass.flatMap((members) =>
      spread(members, perClass).map((index) => {
        const { file, label } = samples[index];
        return { label: labels[label], file, width, height, channels, pixels: dataset.read([index]), mask: dataset.masks?.read([index]) };
      }),
    );
  } finally {
    dataset.close();
  }
}

function spread(members: number[], most: number): number[] {
  const count = Math.min(most, members.length);
  return Array.from({ length: count }, (_, i) => members[Math.floor((i * members.length) / count)]);
}
