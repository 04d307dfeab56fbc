// Decodes pictures with their masks and appends them side by side, named; what cannot be used is listed with its reason.
import type { FileProblem } from '#shared/dataset';
import type { MaskClass, MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { contentKey } from '../content-hash';
import type { PixelLayout } from '../decode-picture';
import { findDuplicates } from '../duplicates';
import { examine, type Examined } from '../examine';
import { sampleOf } from '../import-folder';
import type { ListedPicture, Listing } from '../importers/importer';
import { PictureError } from '../picture-error';
import type { SampleFile } from '../sample-file';
import { byText } from '../sources/source';
import { Tally } from '../tally';
import type { KeyedSample } from '../versions/base';
import { MASKS_FILE, SAMPLES_FILE } from '../version-files';
import { Stage, type Watch } from '../watch';
import type { MaskClasses } from './classes-of-masks';
import { countMask, noneOf } from './count-classes';
import { readMask } from './decode-mask';
import { judgePair } from './judge-masks';
import type { NamedClasses } from './name-classes';
import { indexByCode, leadingClass, packMask } from './pack-mask';
import type { Survey } from './survey';

export interface MaskWork {
  listing: Listing;
  survey: Survey;
  found: MaskClasses;
  named: NamedClasses;
  options: PixelLayout & Pick<MaskOptions, 'keepGroups'>;
  /** Names a pair that is no news, by what it decoded to. */
  refuse?: (picture: ListedPicture, pixels: Uint8Array, key: string) => FileProblem | undefined;
}

export interface PackedMasks {
  samples: KeyedSample[];
  leftOut: FileProblem[];
  sizes: SegmentationManifest['sizes'];
  /** As they are packed. */
  classes: MaskClass[];
}

/** Of a version with masks, in this order. */
export const MASK_FILES = [SAMPLES_FILE, MASKS_FILE];

export async function packMasks(work: MaskWork, [pictures, masks]: SampleFile[], watch: Watch): Promise<PackedMasks> {
  const { listing, survey, named, options, refuse } = work;
  const duplicates = await findDuplicates(listing, watch);
  const leftOut = [...listing.problems, ...survey.problems];
  const samples: KeyedSample[] = [];
  const classes = noneOf(named.classes);
  const tally = new Tally([listing.layout]);
  const stage = new Stage(watch, 'decode', listing.pictures.length);
  for await (const examined of examine(listing, options, watch)) {
    stage.advance();
    const pair = await readPair(examined, duplicates.get(examined.picture.file), work, watch);
    if (pair && 'message' in pair) leftOut.push(pair);
    if (!pair || 'message' in pair) continue;
    const { picture, header, pixels, mask } = pair;
    const key = contentKey(pixels, mask);
    const known = refuse?.(picture, pixels, key);
    if (known) {
      leftOut.push(known);
      continue;
    }
    samples.push(sampleOf({ ...picture, label: leadingClass(mask) }, key, options));
    tally.add(picture, header);
    countMask(classes, mask);
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
  work: MaskWork,
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
