// Turns pictures with masks into an immutable version: both decoded, packed side by side, hashed together; what was left out is listed.
import { join } from 'node:path';
import type { FileProblem } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import type { MaskClass, MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { contentHashOf, contentKey } from '../content-hash';
import { findDuplicates } from '../duplicates';
import { examine, type Examined } from '../examine';
import { sampleOf, withoutChosen } from '../import-folder';
import { withListing, type Listed } from '../importers/choose';
import type { Listing } from '../importers/importer';
import { MASKS_FILE, SAMPLES_FILE } from '../version-files';
import { PictureError } from '../picture-error';
import { SampleFile } from '../sample-file';
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
import { surveyMasks, type Survey } from './survey';

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

async function pack(work: Work, [pictures, masks]: readonly [SampleFile, SampleFile], watch: Watch): Promise<PackedMasks> {
  const { listing, survey, named, options } = work;
  const duplicates = await findDuplicates(listing, watch);
  const leftOut = [...listing.problems, ...survey.problems];
  const samples: KeyedSample[] = [];
  const classes = named.classes.map((one) => ({ ...one, pixels: 0, pictures: 0 }));
  const tally = new Tally([listing.layout]);
  const stage = new Stage(watch, 'decode', listing.pictures.length);
  for await (const examined of examine(listing, options, watch)) {
    stage.advance();
    const pair = await readPair(examined, duplicates.get(examined.picture.file), work, watch);
    if (pair && 'message' in pair) leftOut.push(pair);
    if (!pair || 'message' in pair) continue;
    const { picture, header, pixels, mask } = pair;
    samples.push(sampleOf({ ...picture, label: leadingClass(mask) }, contentKey(pixels, mask), options));
    tally.add(picture, header);
    countInto(classes, mask);
    await pictures.append(pixels);
    await masks.append(mask);
  }
  return { samples, leftOut: leftOut.sort((a, b) => byText(a.file, b.file)), sizes: tally.manySizes, classes };
}

type Pair = Required<Pick<Examined, 'picture' | 'header' | 'pixels'>> & { mask: Uint8Array };

/** A picture and its mask as they are packed, or why they are not. */
async function readPair(
  examined: Examined,
  duplicate: FileProblem | undefined,
  work: Work,
  watch: Watch,
): Promise<Pair | FileProblem | undefined> {
  const { listing, survey, found, named, options } = work;
  const { picture, header, pixels, problem } = examined;
  const surveyed = survey.masks.get(picture);
  const judged = surveyed ? judgePair(picture, header, surveyed, found) : [];
  const refused = [problem, duplicate, ...judged].find((one) => one?.severity === 'error');
  if (refused) return refused;
  // What is wrong with a mask that was not surveyed is told already.
  if (!header || !pixels || !surveyed) return undefined;
  try {
    const mask = packMask(await readMask(listing, picture.mask!, watch), indexByCode(found, named.places, surveyed), options);
    return { picture, header, pixels, mask };
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return error.of(picture.mask!.file);
  }
}

function countInto(classes: MaskClass[], mask: Uint8Array): void {
  const counts = new Uint32Array(256);
  for (const index of mask) counts[index]++;
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
