// Turns pictures with masks into an immutable version: both decoded, packed side by side, hashed together; what was left out is listed.
import { FailureError, toFailure } from '#shared/failure';
import type { MaskOptions, SegmentationManifest } from '#shared/segmentation';
import { headOf } from '../identity';
import { withoutChosen } from '../import-folder';
import { withListing, type Listed } from '../importers/choose';
import type { Journal } from '../journal';
import { packedFacts } from '../packed-facts';
import type { PackEntry } from '../pack-rows';
import { fillFiles } from '../sample-file';
import { writeVersion } from '../unfinished';
import type { Watch } from '../watch';
import { classesOfMasks } from './classes-of-masks';
import { isLearntFrom, maskConditions } from './mask-conditions';
import { nameClasses } from './name-classes';
import { MASK_FILES, packMasks, type MaskRow } from './pack-masks';
import { surveyMasks } from './survey';

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
  const fill = async (unfinished: string, journal?: Journal<PackEntry<MaskRow>>): Promise<SegmentationManifest> => {
    const packed = await fillFiles(unfinished, MASK_FILES, (files) =>
      packMasks({ listing: wanted, survey, found, named, options, files, journal }, watch),
    );
    const toLearnFrom = packed.samples.filter(isLearntFrom).length;
    const refused = maskConditions({ classes: packed.classes, usable: packed.samples.length, toLearnFrom });
    if (refused.length > 0) throw invalid(path, refused.join(' '));
    const { classes } = packed;
    const labels = classes.map(({ label }) => label);
    return { kind: 'segmentation', coding: found.coding, classes, ...packedFacts(name, options, { ...packed, labels }) };
  };
  const codes = found.classes.map(({ code }) => code);
  return writeVersion(into, watch.signal, fill, await headOf(path, wanted, options, [found.coding, codes, [...found.between], named]));
}
