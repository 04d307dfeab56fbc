// Decodes pictures with their masks and packs both side by side; counts what the masks show.
import type { FileProblem } from '#shared/dataset';
import type { MaskClass, MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { contentKey } from '../content-hash';
import type { PixelLayout } from '../decode-picture';
import { sampleOf } from '../import-folder';
import type { ListedPicture, Listing } from '../importers/importer';
import type { Journal } from '../journal';
import { packRows, type Decoded, type Made, type PackEntry } from '../pack-rows';
import { PictureError } from '../picture-error';
import type { SampleFile } from '../sample-file';
import type { Row } from '../settle';
import { byText } from '../sources/source';
import { Tally } from '../tally';
import { MASKS_FILE, sampleBytes, SAMPLES_FILE } from '../version-files';
import type { KeyedSample } from '../versions/base';
import type { Watch } from '../watch';
import type { MaskClasses } from './classes-of-masks';
import { addCounts, countsIn, noneOf } from './count-classes';
import { readMask } from './decode-mask';
import { judgePair } from './judge-masks';
import type { NamedClasses } from './name-classes';
import { indexByCode, leadingClass, packMask } from './pack-mask';
import type { Survey, SurveyedMask } from './survey';

export interface MaskRow extends Row {
  /** Of most of its mask. */
  label: number;
  /** Pixels of each class. */
  counts: number[];
}

export interface PackedMasks {
  samples: KeyedSample[];
  leftOut: FileProblem[];
  sizes: SegmentationManifest['sizes'];
  found: SegmentationManifest['found'];
  /** As they are packed. */
  classes: MaskClass[];
}

/** Of a version with masks, in this order. */
export const MASK_FILES = [SAMPLES_FILE, MASKS_FILE];

export interface MaskWork {
  listing: Listing;
  survey: Survey;
  found: MaskClasses;
  named: NamedClasses;
  options: PixelLayout & Pick<MaskOptions, 'keepGroups'>;
  /** samples.bin and masks.bin. */
  files: readonly SampleFile[];
  journal?: Journal<PackEntry<MaskRow>>;
  /** Names a pair that is no news, by what its picture decoded to and what both did. */
  refuse?(picture: ListedPicture, pictureKey: string, key: string): FileProblem | undefined;
}

/** @throws FailureError cancelled */
export async function packMasks(work: MaskWork, watch: Watch): Promise<PackedMasks> {
  const { listing, survey, named, options } = work;
  const sizes = [sampleBytes(options), options.width * options.height];
  const make = async (decoded: Decoded): Promise<Made<MaskRow>> => {
    const surveyed = survey.masks.get(decoded.picture);
    // Told with its picture, so that an import that goes on from here tells it as well.
    return madeOf(decoded, surveyed ? await packedMask(decoded, surveyed, work, watch) : survey.problems.get(decoded.picture)!, work);
  };
  const { kept, leftOut } = await packRows<MaskRow>({ ...work, layout: options, sizes, make }, watch);
  const classes = noneOf(named.classes);
  const tally = new Tally([listing.layout]);
  for (const { picture, header, counts } of kept) {
    tally.add(picture, header);
    addCounts(classes, counts);
  }
  const told = new Set([...leftOut.map(({ file }) => file), ...kept.map(({ picture }) => picture.mask!.file)]);
  // Of pictures that cannot be read either.
  const untold = [...survey.problems.values()].filter(({ file }) => !told.has(file));
  return {
    samples: kept.map(({ picture, label, key }) => sampleOf({ ...picture, label }, key, options)),
    leftOut: [...listing.problems, ...untold, ...leftOut].sort((a, b) => byText(a.file, b.file)),
    ...tally.foundSizes,
    classes,
  };
}

function madeOf(
  { picture, header, pixels, content, key: pictureKey }: Decoded,
  mask: Uint8Array | FileProblem,
  work: MaskWork,
): Made<MaskRow> {
  const none = { header, content, label: 0, counts: [] };
  if ('message' in mask) return { row: { ...none, key: pictureKey, refused: mask }, bytes: [] };
  const key = contentKey(pixels, mask);
  const refused = work.refuse?.(picture, pictureKey, key);
  if (refused) return { row: { ...none, key, refused }, bytes: [] };
  const counts = countsIn(mask, work.named.classes.length);
  return { row: { header, content, key, label: leadingClass(mask), counts }, bytes: [pixels, mask] };
}

/** A mask as it is packed, or why its picture is not. */
async function packedMask(
  { picture, header }: Decoded,
  surveyed: SurveyedMask,
  { listing, found, named, options }: MaskWork,
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
