// A version made from another by adding pictures: what is packed already is taken over, only what is new is decoded.
import type { AddOptions, FileProblem, PictureManifest } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import type { SegmentationManifest } from '#shared/segmentation';
import { mapClasses } from '../class-map';
import { packSamples, withoutChosen } from '../import-folder';
import { withListing, type Listed } from '../importers/choose';
import { openPacked } from '../packed-dataset';
import { fillFiles } from '../sample-file';
import { byText } from '../sources/source';
import { writeVersion } from '../unfinished';
import { SAMPLES_FILE } from '../version-files';
import type { Watch } from '../watch';
import { allOf, copyRows, keyedSamples, type KeyedSample, type Versioned } from './base';
import { growMasks } from './grow-masks';
import { joinSamples } from './join-samples';
import { nothingNew } from './nothing-new';

type Unsized<Options> = Options extends unknown ? Omit<Options, 'width' | 'height' | 'channels'> : never;
/** Of an import; how pictures are stored is settled by the version they are added to. */
export type GrowOptions = Unsized<AddOptions>;

export interface GrowSource {
  folder: string;
  options: GrowOptions;
  /** The new version's number in its data set. */
  since: number;
}

/**
 * `into` is the version's folder, whole afterwards or not there at all; `base` is only read.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting where nothing is new, disk-full, no-permission, cancelled
 */
export async function growVersion(
  base: string,
  source: GrowSource,
  into: string,
  watch: Watch = {},
): Promise<PictureManifest | SegmentationManifest> {
  const dataset = await openPacked(base, 0);
  try {
    const choices = isMasked(dataset) ? { kind: 'segmentation' as const } : source.options;
    return await withListing(source.folder, watch, choices, (listed): Promise<PictureManifest | SegmentationManifest> =>
      isMasked(dataset)
        ? growMasks(dataset, listed, source, into, watch)
        : grow(dataset as Versioned<PictureManifest>, listed, source, into, watch),
    );
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  } finally {
    dataset.close();
  }
}

const isMasked = (dataset: Versioned): dataset is Versioned<SegmentationManifest> => dataset.manifest.kind === 'segmentation';

async function grow(
  dataset: Versioned<PictureManifest>,
  { name, listing }: Listed,
  source: GrowSource,
  into: string,
  watch: Watch,
): Promise<PictureManifest> {
  if (listing.masks) throw haveMasks(source.folder);
  const before = dataset.manifest;
  const there = await keyedSamples(dataset, watch);
  const wanted = mapClasses(withoutChosen(listing, source.options), source.options.classes);
  const { keepGroups } = source.options;
  const options = { keepGroups, width: before.width, height: before.height, channels: before.channels };
  return writeVersion(into, watch.signal, async (unfinished) => {
    const { samples, leftOut, sizes, found } = await fillFiles(unfinished, [SAMPLES_FILE], async ([file]) => {
      await copyRows(dataset, allOf(before), [file], watch);
      const refuse = knownBy(there, before.labels, wanted.labels);
      return packSamples({ listing: wanted, options, file, refuse }, watch);
    });
    if (samples.length === 0) throw nothingNew(leftOut);
    const labels = [...new Set([...before.labels, ...samples.map(({ label }) => wanted.labels[label])])].sort(byText);
    const placed = samples.map((sample) => ({ ...sample, label: labels.indexOf(wanted.labels[sample.label]) }));
    return joinSamples({ ...before, samples: there }, { samples: placed, labels, leftOut, since: source.since, name, sizes, found });
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
