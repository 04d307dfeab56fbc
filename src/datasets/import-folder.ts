// Turns a folder of pictures into an immutable version: every picture decoded once, packed, hashed; what was left out is listed.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DatasetManifest, FileProblem, ImportOptions } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { blockingConditions } from './blocking';
import { ClassCounts } from './class-counts';
import { ContentHash } from './content-hash';
import { findDuplicates } from './duplicates';
import { examine } from './examine';
import { listSource } from './importers/choose';
import type { Listing } from './importers/importer';
import { SAMPLES_FILE, writeManifest } from './manifest';
import { SampleFile } from './sample-file';
import { beginVersion, finishVersion } from './unfinished';
import { byText } from './walk';
import { Stage, throwIfCancelled, type Watch } from './watch';

/**
 * `into` is the version's folder: absent or empty before, whole afterwards, or not there at all.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled
 */
export async function importFolder(folder: string, options: ImportOptions, into: string, watch: Watch = {}): Promise<DatasetManifest> {
  const { root, listing } = await listSource(folder, watch);
  try {
    const unfinished = await beginVersion(into);
    try {
      const packed = await packSamples(root, withoutChosen(listing, options), options, join(unfinished, SAMPLES_FILE), watch);
      const refused = blockingConditions(packed.counts);
      if (refused.length > 0) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: refused.join(' ') });
      const manifest = describe(basename(root) || root, listing, options, packed);
      await writeManifest(unfinished, manifest);
      throwIfCancelled(watch.signal);
      await finishVersion(unfinished, into);
      return manifest;
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  }
}

interface Packed {
  samples: DatasetManifest['samples'];
  leftOut: FileProblem[];
  contentHash: string;
  counts: ClassCounts;
}

async function packSamples(root: string, listing: Listing, options: ImportOptions, path: string, watch: Watch): Promise<Packed> {
  const { labels, pictures, problems } = listing;
  const duplicates = await findDuplicates(root, listing, watch.signal);
  const leftOut = [...problems];
  const samples: DatasetManifest['samples'] = [];
  const counts = new ClassCounts(labels);
  const hash = new ContentHash({ ...options, labels: [...labels] });
  const stage = new Stage(watch, 'decode', pictures.length);
  const file = await SampleFile.create(path);
  try {
    for await (const { picture, pixels, problem } of examine(root, pictures, options)) {
      stage.advance();
      const reason = [problem, duplicates.get(picture.file)].find((found) => found?.severity === 'error');
      if (reason) leftOut.push(reason);
      if (reason || !pixels) continue;
      samples.push({ file: picture.file, label: picture.label, split: picture.split });
      counts.add(picture);
      hash.add(picture, pixels);
      await file.append(pixels);
    }
    await file.finish();
  } finally {
    await file.close();
  }
  return { samples, leftOut: leftOut.sort((a, b) => byText(a.file, b.file)), contentHash: hash.digest(), counts };
}

/** Files the person left out are no part of any comparison: leaving out one of two copies settles their conflict. */
function withoutChosen(listing: Listing, { leaveOut = [] }: ImportOptions): Listing {
  const chosen = new Set(leaveOut);
  const [out, pictures] = [
    listing.pictures.filter(({ file }) => chosen.has(file)),
    listing.pictures.filter(({ file }) => !chosen.has(file)),
  ];
  const problems = out.map<FileProblem>(({ file }) => ({ file, kind: 'left-out', message: 'Left out by you.', severity: 'error' }));
  return { ...listing, pictures, problems: [...listing.problems, ...problems] };
}

function describe(name: string, { layout, labels }: Listing, { width, height, channels }: ImportOptions, packed: Packed): DatasetManifest {
  const { samples, leftOut, contentHash } = packed;
  return {
    format: 1,
    kind: 'image-classes',
    name,
    contentHash,
    labels,
    width,
    height,
    channels,
    count: samples.length,
    ownSplit: layout === 'split-class-folders' && samples.some(({ split }) => split !== 'train'),
    samples,
    leftOut,
    createdAt: new Date().toISOString(),
  };
}
