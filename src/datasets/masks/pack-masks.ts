// Decodes pictures with their masks and packs both side by side; counts what the masks show.
import type { FileProblem } from '#shared/dataset';
import type { MaskClass, MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { contentKey } from '../content-hash';
import { sampleOf } from '../import-folder';
import type { Listing } from '../importers/importer';
import type { Journal } from '../journal';
import { packRows, type Decoded, type Made, type PackEntry } from '../pack-rows';
import { PictureError } from '../picture-error';
import type { SampleFile } from '../sample-file';
import type { Row } from '../settle';
import { byText } from '../sources/source';
import { Tally } from '../tally';
import { sampleBytes } from '../version-files';
import type { KeyedSample } from '../versions/base';
import type { Watch } from '../watch';
import type { MaskClasses } from './classes-of-masks';
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
  /** As they are packed. */
  classes: MaskClass[];
}

interface Work {
  /** As it was chosen. */
  path: string;
  listing: Listing;
  survey: Survey;
  found: MaskClasses;
  named: NamedClasses;
  options: MaskOptions;
  /** samples.bin and masks.bin. */
  files: readonly SampleFile[];
  journal?: Journal<PackEntry<MaskRow>>;
}

/** @throws FailureError cancelled */
export async function packMasks(work: Work, watch: Watch): Promise<PackedMasks> {
  const { listing, survey, named, options } = work;
  const sizes = [sampleBytes(options), options.width * options.height];
  const make = async (decoded: Decoded): Promise<Made<MaskRow> | undefined> => {
    const surveyed = survey.masks.get(decoded.picture);
    // What is wrong with a mask that was not surveyed is told already.
    return surveyed && madeOf(decoded, await packedMask(decoded, surveyed, work, watch), named);
  };
  const { kept, leftOut } = await packRows<MaskRow>({ ...work, layout: options, sizes, make }, watch);
  const classes = named.classes.map((one) => ({ ...one, pixels: 0, pictures: 0 }));
  const tally = new Tally([listing.layout]);
  for (const { picture, header, counts } of kept) {
    tally.add(picture, header);
    classes.forEach((one, i) => {
      one.pixels += counts[i];
      if (counts[i] > 0) one.pictures++;
    });
  }
  return {
    samples: kept.map(({ picture, label, key }) => sampleOf({ ...picture, label }, key, options)),
    leftOut: [...listing.problems, ...survey.problems, ...leftOut].sort((a, b) => byText(a.file, b.file)),
    sizes: tally.manySizes,
    classes,
  };
}

function madeOf({ header, pixels, content, key }: Decoded, mask: Uint8Array | FileProblem, { classes }: NamedClasses): Made<MaskRow> {
  if ('message' in mask) return { row: { header, content, key, label: 0, counts: [], refused: mask }, bytes: [] };
  const counts = new Uint32Array(256);
  for (const index of mask) counts[index]++;
  const row = {
    header,
    content,
    key: contentKey(pixels, mask),
    label: leadingClass(mask),
    counts: [...counts.subarray(0, classes.length)],
  };
  return { row, bytes: [pixels, mask] };
}

/** A mask as it is packed, or why its picture is not. */
async function packedMask(
  { picture, header }: Decoded,
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
