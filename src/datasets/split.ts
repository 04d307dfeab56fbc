// Which samples are learnt from and which only measured: the data set's own split, or a stratified and seeded one.
import { createHash } from 'node:crypto';
import type { DatasetManifest, SplitName } from '#shared/dataset';

export interface Split {
  /** Ascending. */
  train: Int32Array;
  validation: Int32Array;
  /** The validation part is the data set's own. */
  ownSplit: boolean;
}

export interface SplitOptions {
  /** Share of each class held out, 0 to 1. */
  validationShare: number;
  seed: number;
}

/**
 * The data set's own validation part wins. Where it has none, a share of each class is held out: at least one sample of a
 * class stays in training, and a sample's place depends on the seed and its name alone, not on the order of the files.
 * Samples of a test part are in neither.
 */
export function splitIndices({ labels, samples }: Pick<DatasetManifest, 'labels' | 'samples'>, options: SplitOptions): Split {
  const own = indicesOf(samples, 'validation');
  const learnable = [...indicesOf(samples, 'train'), ...indicesOf(samples, 'none')];
  if (own.length > 0) return { train: ascending(learnable), validation: ascending(own), ownSplit: true };

  const byClass = labels.map((): number[] => []);
  for (const index of learnable) byClass[samples[index].label].push(index);
  const [train, validation]: [number[], number[]] = [[], []];
  for (const members of byClass) {
    const held = heldOut(members.length, options.validationShare);
    const drawn = draw(members, samples, options.seed);
    validation.push(...drawn.slice(0, held));
    train.push(...drawn.slice(held));
  }
  return { train: ascending(train), validation: ascending(validation), ownSplit: false };
}

const heldOut = (count: number, share: number): number => Math.max(0, Math.min(Math.round(count * share), count - 1));

/** Ordered by a hash of seed and name: adding pictures moves none of the others past each other. */
function draw(members: number[], samples: DatasetManifest['samples'], seed: number): number[] {
  const keyed = members.map((index) => ({
    index,
    key: createHash('sha256').update(`${seed}\n${samples[index].file}`).digest('hex'),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index)).map(({ index }) => index);
}

function indicesOf(samples: DatasetManifest['samples'], wanted: SplitName): number[] {
  return samples.flatMap(({ split }, index) => (split === wanted ? [index] : []));
}

const ascending = (indices: number[]): Int32Array => Int32Array.from(indices).sort();
