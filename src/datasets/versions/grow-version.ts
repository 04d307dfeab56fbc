// A version made from another by adding pictures: what is packed already is taken over, only what is new is decoded.
import type { Departed, FileProblem, PictureManifest, PictureOptions } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { mapClasses } from '../class-map';
import { contentHashOf } from '../content-hash';
import { pack, packSamples, withoutChosen, type Packed } from '../import-folder';
import { withListing, type Listed } from '../importers/choose';
import { openDataset, type PackedDataset } from '../packed-dataset';
import { writeVersion } from '../unfinished';
import { byText } from '../sources/source';
import type { Watch } from '../watch';
import { allOf, copyRows, keyedSamples, type KeyedSample } from './base';

/** Of an import; how pictures are stored is settled by the version they are added to. */
export type GrowOptions = Pick<PictureOptions, 'kind' | 'leaveOut' | 'classes' | 'keepGroups' | 'labelPattern'>;

interface Source {
  folder: string;
  options: GrowOptions;
  since: number;
}

/**
 * `since`: the new version's number in its data set. `into` is its folder, whole afterwards or not there at all; `base` is only read.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting where nothing is new, disk-full, no-permission, cancelled
 */
export async function growVersion(base: string, source: Source, into: string, watch: Watch = {}): Promise<PictureManifest> {
  const dataset = await openDataset(base, 0);
  try {
    return await withListing(source.folder, watch, source.options, (listed) => grow(dataset, listed, source, into, watch));
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  } finally {
    dataset.close();
  }
}

async function grow(
  dataset: PackedDataset,
  { name, listing }: Listed,
  source: Source,
  into: string,
  watch: Watch,
): Promise<PictureManifest> {
  if (listing.masks) throw haveMasks(source.folder);
  const before = dataset.manifest;
  const there = await keyedSamples(dataset, watch);
  const wanted = mapClasses(withoutChosen(listing, source.options), source.options.classes);
  const options = { ...source.options, width: before.width, height: before.height, channels: before.channels };
  return writeVersion(into, watch.signal, async (unfinished) => {
    const packed = await pack(unfinished, async (file) => {
      await copyRows(dataset, allOf(before), file, watch);
      const refuse = knownBy(there, before.labels, wanted.labels);
      return packSamples({ path: source.folder, listing: wanted, options, file, refuse }, watch);
    });
    if (packed.samples.length === 0) throw nothingNew(packed);
    return joined({ ...before, samples: there }, { packed, labels: wanted.labels, since: source.since, name });
  });
}

const haveMasks = (path: string): FailureError =>
  new FailureError({
    kind: 'dataset-invalid',
    path,
    problem: 'its pictures have masks, and no class of their own. Import them as pictures with masks.',
  });

/** A picture that is there already is no news; under another class it is a question. */
function knownBy(there: readonly KeyedSample[], labels: readonly string[], newLabels: readonly string[]) {
  const byKey = new Map(there.map((sample) => [sample.key, sample]));
  return ({ file, label }: { file: string; label: number }, key: string): FileProblem | undefined => {
    const same = byKey.get(key);
    if (!same) return undefined;
    const known = labels[same.label];
    if (known === newLabels[label]) {
      return { file, kind: 'duplicate', message: `It is in this data set already, as ${same.file}.`, severity: 'error' };
    }
    const message = `It is in this data set already, in "${known}" as ${same.file}. If "${newLabels[label]}" is right, relabel it there.`;
    return { file, kind: 'label-conflict', message, severity: 'error' };
  };
}

function nothingNew({ leftOut }: Packed): FailureError {
  const reason =
    leftOut.length > 0 ? ` ${leftOut.length.toLocaleString('en')} were left out, the first: ${leftOut[0].file}. ${leftOut[0].message}` : '';
  return new FailureError({ kind: 'bad-setting', problem: `There are no new pictures to add.${reason}` });
}

interface Addition {
  packed: Packed;
  labels: string[];
  since: number;
  /** Of the source: told before a file's name where that is taken. */
  name: string;
}

function joined(base: PictureManifest & { samples: KeyedSample[] }, { packed, labels: newLabels, since, name }: Addition): PictureManifest {
  const labels = [...new Set([...base.labels, ...packed.samples.map(({ label }) => newLabels[label])])].sort(byText);
  const place = new Map(labels.map((label, i) => [label, i]));
  const taken = new Set(base.samples.map(({ file }) => file));
  const left = new Map((base.departed ?? []).map((sample) => [sample.key, sample]));
  const kept = base.samples.map((sample) => ({ ...sample, label: place.get(base.labels[sample.label])! }));
  const added = packed.samples.map((sample): KeyedSample => {
    const label = newLabels[sample.label];
    const file = freeName(sample.file, name, taken);
    taken.add(file);
    const back = left.get(sample.key);
    left.delete(sample.key);
    if (back) return { ...comeBack(back, label), file, label: place.get(label)! };
    return { ...sample, file, label: place.get(label)!, since };
  });
  const content = { ...base, labels, samples: [...kept, ...added], departed: [...left.values()] };
  return {
    ...content,
    rule: 2,
    contentHash: contentHashOf(content),
    count: content.samples.length,
    ownSplit: base.ownSplit || added.some(({ split }) => split === 'validation'),
    leftOut: [...base.leftOut, ...packed.leftOut].sort((a, b) => byText(a.file, b.file)),
    sizes: undefined,
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
