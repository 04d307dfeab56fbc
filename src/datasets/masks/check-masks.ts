// Looks at every picture and mask before anything is copied, and says what was found in plain words.
import type { FileProblem, PictureFacts } from '#shared/dataset';
import { SIDE_MULTIPLE, type MaskCheck, type MaskOptions, type MaskPreview } from '#shared/segmentation';
import { pictureAdvice, suggestOptions } from '../advice';
import { groupsOf, splitWords } from '../check-folder';
import { counted } from '../class-counts';
import { decodePixels, fitPixels, readHeader } from '../decode-picture';
import { findDuplicates } from '../duplicates';
import type { Listed } from '../importers/choose';
import type { ListedPicture, Listing } from '../importers/importer';
import { likeEachOther, look, type Looked } from '../look';
import { nearProblems } from '../near-problems';
import { byText } from '../sources/source';
import { Tally } from '../tally';
import type { Watch } from '../watch';
import { classesOfMasks, countedIn, type MaskClasses } from './classes-of-masks';
import { readMask } from './decode-mask';
import { judgePair } from './judge-masks';
import { isLearntFrom, maskAdvice, maskConditions } from './mask-conditions';
import { indexByCode, packMask } from './pack-mask';
import { surveyMasks, type Survey, type SurveyedMask } from './survey';

const LONGEST_SUGGESTED = 256;
const PREVIEWS = 6;
const PREVIEW_SIDE = 160;

/** Every picture and every mask is decoded in full. @throws FailureError cancelled */
export async function checkMasks({ name, listing }: Listed, watch: Watch): Promise<MaskCheck> {
  const survey = await surveyMasks(listing, watch);
  const found = classesOfMasks(survey.masks.values(), listing.masks?.names ?? []);
  const problems: FileProblem[] = [...listing.problems, ...survey.problems.values()];
  const refused = new Set<ListedPicture>();
  const looked = await look(listing, watch);
  const pairs = new Map<ListedPicture, FileProblem[]>();
  for (const { picture, header } of looked) {
    const mask = survey.masks.get(picture);
    if (mask) pairs.set(picture, judgePair(picture, header, mask, found));
  }
  const isSound = ({ picture }: Looked) => pairs.get(picture)?.every(({ severity }) => severity !== 'error');
  // As in an import: one that is refused takes no copy with it.
  const compared = looked.map((one) => (isSound(one) ? one : { ...one, content: undefined, grey: undefined }));
  const duplicates = findDuplicates(compared, listing.labels);
  const tally = new Tally([listing.layout]);
  for (const { picture, header, problem } of looked) {
    const pair = pairs.get(picture);
    const judged = [problem, duplicates.get(picture.file), ...(pair ?? [])].filter((one) => one !== undefined);
    problems.push(...judged);
    if (!header || !pair || judged.some(({ severity }) => severity === 'error')) refused.add(picture);
    else tally.add(picture, header);
  }
  problems.push(...nearProblems(likeEachOther(compared, duplicates), listing));
  const usable = listing.pictures.filter((picture) => !refused.has(picture));
  const classes = countedIn(found, masksOf(usable, survey));
  const facts = { classes: found.classes, usable: usable.length, toLearnFrom: usable.filter(isLearntFrom).length };
  const groups = groupsOf(listing);
  const suggested: MaskOptions = { ...suggestMaskOptions(tally), ...(groups && { keepGroups: true }) };
  return {
    kind: 'segmentation',
    name,
    layout: listing.layout,
    summary: summarise(usable, found, listing),
    coding: found.coding,
    classes,
    previews: await previews(listing, usable, found, watch),
    ownSplit: ownSplit(usable),
    pictures: usable.length,
    sizes: tally.sizes,
    colours: tally.colours,
    ...(groups && { groups }),
    suggested,
    problems: problems.sort((a, b) => byText(a.file, b.file)),
    blocking: maskConditions(facts),
    advice: [...pictureAdvice(tally, suggested), ...maskAdvice(classes)],
  };
}

const masksOf = (pictures: readonly ListedPicture[], { masks }: Survey): SurveyedMask[] =>
  pictures.map((picture) => masks.get(picture)).filter((mask) => mask !== undefined);

function suggestMaskOptions(tally: Tally): MaskOptions {
  const { width, height, channels } = suggestOptions(tally);
  const [size] = tally.sizes;
  // One shape for all keeps it; otherwise all become squares.
  const shape = tally.differentSizes === 1 && size ? size : { width, height };
  const scale = Math.min(1, LONGEST_SUGGESTED / Math.max(shape.width, shape.height));
  const side = (length: number) => Math.max(SIDE_MULTIPLE, SIDE_MULTIPLE * Math.round((scale * length) / SIDE_MULTIPLE));
  return { kind: 'segmentation', width: side(shape.width), height: side(shape.height), channels };
}

function ownSplit(pictures: readonly ListedPicture[]): PictureFacts['ownSplit'] {
  if (!pictures.some(({ split }) => split !== 'none')) return undefined;
  const count = (part: ListedPicture['split']) => pictures.filter(({ split }) => split === part).length;
  return { train: count('train'), validation: count('validation'), test: count('test') };
}

function summarise(usable: readonly ListedPicture[], { classes, coding }: MaskClasses, { found }: Listing): string {
  const how = coding === 'colours' ? 'stored as colours' : 'stored as numbers';
  return `${counted(usable.length, 'picture', 'pictures')} with masks of ${counted(classes.length, 'class', 'classes')} (${how}), ${splitWords(ownSplit(usable))} (${found}).`;
}

/** Spread over the pictures that can be used. */
async function previews(listing: Listing, usable: readonly ListedPicture[], found: MaskClasses, watch: Watch): Promise<MaskPreview[]> {
  const count = Math.min(PREVIEWS, usable.length);
  const chosen = Array.from({ length: count }, (_, i) => usable[Math.floor((i * usable.length) / count)]);
  const places = found.classes.map((_, i) => i);
  const shown: MaskPreview[] = [];
  for (const picture of chosen) {
    const mask = await readMask(listing, picture.mask!, watch);
    const scale = Math.min(1, PREVIEW_SIDE / Math.max(mask.width, mask.height));
    const size = { width: Math.max(1, Math.round(scale * mask.width)), height: Math.max(1, Math.round(scale * mask.height)) };
    const content = await listing.read(picture);
    const layout = { ...size, channels: 3 as const };
    const pixels = await ('pixels' in content
      ? fitPixels(content, layout)
      : decodePixels(content, readHeader(content, picture.file), layout));
    shown.push({ file: picture.file, ...size, pixels, mask: packMask(mask, indexByCode(found, places, mask), size) });
  }
  return shown;
}
