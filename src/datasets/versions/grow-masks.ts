// Pictures with masks added to a version: their values mean what they mean there, new ones are new classes behind those that are known.
import type { FileProblem } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { MOST_MASK_CLASSES } from '#shared/mask-index';
import type { SegmentationManifest } from '#shared/segmentation';
import { contentKey } from '../content-hash';
import { withoutChosen } from '../import-folder';
import type { Listed } from '../importers/choose';
import { classesOfMasks } from '../masks/classes-of-masks';
import { nameClasses } from '../masks/name-classes';
import { MASK_FILES, packMasks, type MaskWork } from '../masks/pack-masks';
import { surveyMasks } from '../masks/survey';
import { fillFiles } from '../sample-file';
import { writeVersion } from '../unfinished';
import { sampleBytes } from '../version-files';
import { throwIfCancelled, type Watch } from '../watch';
import { allOf, copyRows, inTurn, keyedSamples, type KeyedSample, type Versioned } from './base';
import type { GrowSource } from './grow-version';
import { joinSamples } from './join-samples';
import { nothingNew } from './nothing-new';

/** @throws FailureError bad-setting where nothing is new or there are too many classes, cancelled */
export async function growMasks(
  dataset: Versioned<SegmentationManifest>,
  { name, listing }: Listed,
  { options, since }: GrowSource,
  into: string,
  watch: Watch,
): Promise<SegmentationManifest> {
  const before = dataset.manifest;
  const { width, height, channels } = before;
  const there = await keyedSamples(dataset, watch);
  const wanted = withoutChosen(listing, options);
  const survey = await surveyMasks(wanted, watch);
  const found = classesOfMasks(survey.masks.values(), listing.masks?.names ?? [], before);
  const named = nameClasses(found.classes, options.classes, before.classes);
  if (named.classes.length > MOST_MASK_CLASSES) throw tooMany(named.classes.length);
  const layout = { width, height, channels, keepGroups: options.keepGroups };
  const refuse = await knownBy(dataset, there, watch);
  return writeVersion(into, watch.signal, async (unfinished) => {
    const { samples, leftOut, classes, ...sizes } = await fillFiles(unfinished, MASK_FILES, async (files) => {
      await copyRows(dataset, allOf(before), files, watch);
      return packMasks({ listing: wanted, survey, found, named, options: layout, files, refuse }, watch);
    });
    if (samples.length === 0) throw nothingNew(leftOut);
    const labels = classes.map(({ label }) => label);
    const all = classes.map((one, i) => {
      const known = before.classes[i] ?? { pixels: 0, pictures: 0 };
      return { ...one, pixels: one.pixels + known.pixels, pictures: one.pictures + known.pictures };
    });
    return { ...joinSamples({ ...before, samples: there }, { samples, labels, leftOut, since, name, ...sizes }), classes: all };
  });
}

/** A pair that is there already is no news; a picture that is there with another mask would be learnt from twice. */
async function knownBy(
  dataset: Versioned<SegmentationManifest>,
  there: readonly KeyedSample[],
  watch: Watch,
): Promise<NonNullable<MaskWork['refuse']>> {
  const byKey = new Map(there.map((sample) => [sample.key, sample]));
  const byPicture = new Map<string, KeyedSample>();
  for (const { rows, one } of inTurn(dataset.samples, sampleBytes(dataset.manifest), allOf(dataset.manifest))) {
    throwIfCancelled(watch.signal);
    rows.forEach((row, i) => byPicture.set(contentKey(one(i)), there[row]));
    await new Promise(setImmediate);
  }
  return ({ file }, pictureKey, key): FileProblem | undefined => {
    const same = byKey.get(key);
    if (same) return { file, kind: 'duplicate', message: `It is in this data set already, as ${same.file}.`, severity: 'error' };
    const other = byPicture.get(pictureKey);
    if (!other) return undefined;
    const message = `Its picture is in this data set already, as ${other.file}, with another mask. If this mask is right, drop that one first.`;
    return { file, kind: 'label-conflict', message, severity: 'error' };
  };
}

const tooMany = (classes: number): FailureError =>
  new FailureError({
    kind: 'bad-setting',
    problem: `With these masks there would be ${classes} classes, and at most ${MOST_MASK_CLASSES} are learnt. Save the masks with the values that are there, or merge some.`,
  });
