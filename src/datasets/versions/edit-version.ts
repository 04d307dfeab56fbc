// A version made from another by relabelling, dropping, renaming, merging and leaving out; of pictures with masks, by dropping. No picture is
// decoded again.
import type { Departed, FileProblem, PictureManifest } from '#shared/dataset';
import type { DatasetEdits } from '#shared/dataset-edits';
import { FailureError, toFailure } from '#shared/failure';
import type { SegmentationManifest } from '#shared/segmentation';
import { blockingConditions } from '../blocking';
import { ClassCounts } from '../class-counts';
import { contentHashOf } from '../content-hash';
import { openPacked } from '../packed-dataset';
import { fillFiles } from '../sample-file';
import { writeVersion } from '../unfinished';
import { byText } from '../sources/source';
import type { Watch } from '../watch';
import { copyRows, filesOf, keyedSamples, shareBytes, type KeyedSample, type Versioned } from './base';
import { dropMasks, maskRefusals } from './drop-masks';

/**
 * `into` is the new version's folder, whole afterwards or not there at all; `base` is only read.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled
 */
export async function editVersion(
  base: string,
  edits: DatasetEdits,
  into: string,
  watch: Watch = {},
): Promise<PictureManifest | SegmentationManifest> {
  const dataset = await openPacked(base, 0);
  try {
    const { manifest: before } = dataset;
    const samples = await keyedSamples(dataset, watch);
    const edited = apply(before, samples, edits);
    const refused = before.kind === 'segmentation' ? maskRefusals(edits, edited.samples) : blockingConditions(countsOf(edited));
    if (refused.length > 0) throw new FailureError({ kind: 'bad-setting', problem: refused.join(' ') });
    const manifest = { ...describe(before, edited), ...(await dropMasks(dataset, edited.rows, watch)) };
    return await writeVersion(into, watch.signal, async (unfinished) => {
      await writeBytes(dataset, edited.rows, unfinished, watch);
      return manifest;
    });
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  } finally {
    dataset.close();
  }
}

interface Edited {
  labels: string[];
  samples: KeyedSample[];
  /** Of the base, one a sample. */
  rows: number[];
  departed: Departed[];
  dropped: FileProblem[];
}

function apply(manifest: Versioned['manifest'], samples: KeyedSample[], { classes = {}, relabel = [], drop = [] }: DatasetEdits): Edited {
  const names = samples.map(({ label }) => {
    const old = manifest.labels[label];
    return Object.hasOwn(classes, old) ? (classes[old]?.normalize('NFC') ?? null) : old;
  });
  for (const { samples: chosen, label } of relabel) {
    for (const index of chosen) if (known(index)) names[index] = label.normalize('NFC');
  }
  for (const index of drop) if (known(index)) names[index] = null;
  const left = [...new Set(names)].filter((name) => name !== null).sort(byText);
  // Masks hold places in this list.
  const labels = manifest.kind === 'segmentation' ? manifest.labels : left;
  const place = new Map(labels.map((label, i) => [label, i]));
  const edited: Edited = { labels, samples: [], rows: [], departed: [...(manifest.departed ?? [])], dropped: [] };
  samples.forEach((sample, row) => {
    const name = names[row];
    const before = manifest.labels[sample.label];
    // The class it came with is what it counts as in the split, whatever it is called now.
    const { stratum = before, ...rest } = sample;
    if (name === null) {
      const { key, split, since, group, drawnBy } = sample;
      edited.departed.push({ key, split, since, group, drawnBy, stratum });
      edited.dropped.push({ file: sample.file, kind: 'left-out', message: 'Dropped by you from an earlier version.', severity: 'error' });
    } else {
      edited.rows.push(row);
      edited.samples.push({ ...rest, label: place.get(name)!, ...(stratum === name ? {} : { stratum }) });
    }
  });
  return edited;

  function known(index: number): boolean {
    if (index < samples.length) return true;
    throw new FailureError({ kind: 'bad-setting', problem: `There is no picture ${index} in this version; it has ${samples.length}.` });
  }
}

function countsOf({ labels, samples }: Edited): ClassCounts {
  const counts = new ClassCounts(labels);
  for (const sample of samples) counts.add(sample);
  return counts;
}

function describe<Manifest extends Versioned['manifest']>(base: Manifest, { labels, samples, departed, dropped }: Edited): Manifest {
  const { width, height, channels } = base;
  return {
    ...base,
    rule: 2,
    contentHash: contentHashOf({ width, height, channels, labels, samples, departed }),
    labels,
    count: samples.length,
    samples,
    departed,
    leftOut: [...base.leftOut, ...dropped].sort((a, b) => byText(a.file, b.file)),
    createdAt: new Date().toISOString(),
  };
}

async function writeBytes(dataset: Versioned, rows: number[], folder: string, watch: Watch): Promise<void> {
  if (rows.length === dataset.manifest.count) return shareBytes(dataset, folder);
  const names = filesOf(dataset).map(({ name }) => name);
  await fillFiles(folder, names, (files) => copyRows(dataset, rows, files, watch));
}
