// A version that pictures were added to: what was there stays as it was, what is new gets a name of its own, what was dropped comes back to its place.
import type { Departed, FileProblem, PackedPictures } from '#shared/dataset';
import { contentHashOf } from '../content-hash';
import { joinedSizes } from '../found-sizes';
import { byText } from '../sources/source';
import type { KeyedSample } from './base';

export interface Addition {
  /** Their labels are places in `labels`. */
  samples: readonly KeyedSample[];
  /** Of the version that is made: those of the base and new ones. */
  labels: string[];
  leftOut: readonly FileProblem[];
  /** The version's number in its data set. */
  since: number;
  /** Of the source: told before a file's name where that is taken. */
  name: string;
  sizes?: PackedPictures['sizes'];
  found?: PackedPictures['found'];
}

type Base = PackedPictures & { samples: KeyedSample[] };

export function joinSamples<Manifest extends Base>(base: Manifest, addition: Addition): Manifest {
  const { samples, labels, leftOut, since, name, sizes, found } = addition;
  const place = new Map(labels.map((label, i) => [label, i]));
  const taken = new Set(base.samples.map(({ file }) => file));
  const left = new Map((base.departed ?? []).map((sample) => [sample.key, sample]));
  const kept = base.samples.map((sample) => ({ ...sample, label: place.get(base.labels[sample.label])! }));
  const added = samples.map((sample): KeyedSample => {
    const file = freeName(sample.file, name, taken);
    taken.add(file);
    const back = left.get(sample.key);
    left.delete(sample.key);
    return back ? { ...comeBack(back, labels[sample.label]), file, label: sample.label } : { ...sample, file, since };
  });
  const content = { ...base, labels, samples: [...kept, ...added], departed: [...left.values()] };
  return {
    ...content,
    rule: 2,
    contentHash: contentHashOf(content),
    count: content.samples.length,
    ownSplit: base.ownSplit || added.some(({ split }) => split === 'validation'),
    leftOut: [...base.leftOut, ...leftOut].sort((a, b) => byText(a.file, b.file)),
    ...joinedSizes(base, { sizes, found }),
    createdAt: new Date().toISOString(),
  };
}

/** A sample that was dropped takes its old place in the split again. */
function comeBack({ stratum, ...place }: Departed, label: string): Omit<KeyedSample, 'file' | 'label'> {
  return { ...place, ...(stratum === label ? {} : { stratum }) };
}

function freeName(file: string, source: string, taken: ReadonlySet<string>): string {
  if (!taken.has(file)) return file;
  for (let n = 1; ; n++) {
    const name = `${source}${n === 1 ? '' : ` (${n})`}/${file}`;
    if (!taken.has(name)) return name;
  }
}
