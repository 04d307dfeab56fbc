// Turns pictures with masks into an immutable version: both decoded, packed side by side, hashed together; what was left out is listed.
import { join } from 'node:path';
import type { FileProblem } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import type { MaskClass, MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { contentHashOf, contentKey } from '../content-hash';
import { examine } from '../examine';
import type { PictureHeader } from '../formats/format';
import { sampleOf, withoutChosen } from '../import-folder';
import { withListing, type Listed } from '../importers/choose';
import type { ListedPicture, Listing } from '../importers/importer';
import { MASKS_FILE, SAMPLES_FILE } from '../version-files';
import { PictureError } from '../picture-error';
import { SampleFile } from '../sample-file';
import { settle, type Row } from '../settle';
import { byText } from '../sources/source';
import { Tally } from '../tally';
import { writeVersion } from '../unfinished';
import type { KeyedSample } from '../versions/base';
import { Stage, type Watch } from '../watch';
import { classesOfMasks, type MaskClasses } from './classes-of-masks';
import { readMask } from './decode-mask';
import { judgePair } from './judge-masks';
import { nameClasses, type NamedClasses } from './name-classes';
import { maskConditions } from './mask-conditions';
import { indexByCode, leadingClass, packMask } from './pack-mask';
import { surveyMasks, type Survey, type SurveyedMask } from './survey';

/**
 * `into` is the version's folder: absent or empty before, whole afterwards, or not there at all.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled
 */
export function importMasks(path: string, options: MaskOptions, into: string, watch: Watch = {}): Promise<SegmentationManifest> {
  return withListing(path, watch, { kind: 'segmentation' }, async (listed) => {
    try {
      return await importListed(path, listed, options, into, watch);
    } catch (error) {
      throw new FailureError(toFailure(error, into));
    }
  });
}

const invalid = (path: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path, problem });

async function importListed(path: string, { name, listing }: Listed, options: MaskOptions, into: string, watch: Watch) {
  const wanted = withoutChosen(listing, options);
  const survey = await surveyMasks(wanted, watch);
  const found = classesOfMasks(survey.masks.values(), listing.masks?.names ?? []);
  const named = nameClasses(found.classes, options.classes);
  return writeVersion(into, watch.signal, async (unfinished): Promise<SegmentationManifest> => {
    const files = [await SampleFile.create(join(unfinished, SAMPLES_FILE)), await SampleFile.create(join(unfinished, MASKS_FILE))] as const;
    try {
      const packed = await pack({ listing: wanted, survey, found, named, options }, files, watch);
      for (const file of files) await file.finish();
      const toLearnFrom = packed.samples.filter(({ split }) => split === 'train' || split === 'none').length;
      const refused = maskConditions({ classes: packed.classes, usable: packed.samples.length, toLearnFrom });
      if (refused.length > 0) throw invalid(path, refused.join(' '));
      return describe(name, found, options, packed);
    } finally {
      for (const file of files) await file.close();
    }
  });
}

interface Work {
  listing: Listing;
  survey: Survey;
  found: MaskClasses;
  named: NamedClasses;
  options: MaskOptions;
}

interface PackedMasks {
  samples: KeyedSample[];
  leftOut: FileProblem[];
  sizes: SegmentationManifest['sizes'];
  /** As they are packed. */
  classes: MaskClass[];
}

async function pack(work: Work, files: readonly [SampleFile, SampleFile], watch: Watch): Promise<PackedMasks> {
  const { listing, survey, named, options } = work;
  const leftOut = [...listing.problems, ...survey.problems];
  const rows: MaskRow[] = [];
  const stage = new Stage(watch, 'decode', listing.pictures.length);
  for await (const { picture, header, pixels, content, problem } of examine(listing, options, watch)) {
    stage.advance();
    if (problem?.severity === 'error') leftOut.push(problem);
    const surveyed = survey.masks.get(picture);
    // What is wrong with a mask that was not surveyed is told already.
    if (!header || !pixels || !surveyed) continue;
    const mask = await packedMask(picture, header, surveyed, work, watch);
    if ('message' in mask) {
      rows.push({ picture, header, content, key: '', label: 0, counts: NONE, refused: mask });
      continue;
    }
    rows.push({ picture, header, content, key: contentKey(pixels, mask), label: leadingClass(mask), counts: countIndices(mask, named) });
    await files[0].append(pixels);
    await files[1].append(mask);
  }
  const settled = settle(rows, listing.labels);
  const pixels = options.width * options.height;
  await files[0].takeOut(settled.unpacked, pixels * options.channels);
  await files[1].takeOut(settled.unpacked, pixels);
  const classes = named.classes.map((one) => ({ ...one, pixels: 0, pictures: 0 }));
  const tally = new Tally([listing.layout]);
  for (const { picture, header, counts } of settled.kept) {
    tally.add(picture, header);
    addCounts(classes, counts);
  }
  leftOut.push(...settled.leftOut);
  const samples = settled.kept.map(({ picture, label, key }) => sampleOf({ ...picture, label }, key, options));
  return { samples, leftOut: leftOut.sort((a, b) => byText(a.file, b.file)), sizes: tally.manySizes, classes };
}

interface MaskRow extends Row {
  label: number;
  /** Pixels of each class. */
  counts: Uint32Array;
}

const NONE = new Uint32Array(0);

/** A mask as it is packed, or why its picture is not. */
async function packedMask(
  picture: ListedPicture,
  header: PictureHeader,
  surveyed: SurveyedMask,
  { listing, found, named, options }: Work,
  watch: Watch,
): Promise<Uint8Array | FileProblem> {
  const refused = judgePair(picture, header, surveyed, found).find(({ severity }) => severity === 'error');
  if (refused) return refused;
  try {
    return packMask(await readMask(listing, picture.mask!, watch), indexByCode(found, named.places, surveyed), options);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return error.of(picture.mask!.file);
  }
}

function countIndices(mask: Uint8Array, { classes }: NamedClasses): Uint32Array {
  const counts = new Uint32Array(256);
  for (const index of mask) counts[index]++;
  return counts.slice(0, classes.length);
}

function addCounts(classes: MaskClass[], counts: Uint32Array): void {
  classes.forEach((one, i) => {
    one.pixels += counts[i];
    if (counts[i] > 0) one.pictures++;
  });
}

function describe(
  name: string,
  { coding }: MaskClasses,
  { width, height, channels }: MaskOptions,
  { samples, leftOut, sizes, classes }: PackedMasks,
): SegmentationManifest {
  const labels = classes.map(({ label }) => label);
  return {
    format: 1,
    kind: 'segmentation',
    rule: 2,
    name,
    contentHash: contentHashOf({ width, height, channels, labels, samples }),
    labels,
    coding,
    classes,
    width,
    height,
    channels,
    count: samples.length,
    ownSplit: samples.some(({ split }) => split === 'validation' || split === 'test'),
    samples,
    leftOut,
    sizes,
    createdAt: new Date().toISOString(),
  };
}
