// Turns a folder of pictures into an immutable version: every picture decoded once, packed, hashed; what was left out is listed.
import type { FileProblem, PictureManifest, PictureOptions } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { blockingConditions } from './blocking';
import type { ClassCounts } from './class-counts';
import { mapClasses } from './class-map';
import { headOf } from './identity';
import { withListing, type Listed } from './importers/choose';
import type { ListedPicture, Listing } from './importers/importer';
import type { Journal } from './journal';
import { packedFacts } from './packed-facts';
import { packRows, type Decoded, type Made, type PackEntry } from './pack-rows';
import { fillFiles, type SampleFile } from './sample-file';
import type { Row } from './settle';
import { byText } from './sources/source';
import { Tally } from './tally';
import { writeVersion } from './unfinished';
import { sampleBytes, SAMPLES_FILE } from './version-files';
import type { KeyedSample } from './versions/base';
import type { Watch } from './watch';

/**
 * `into` is the version's folder: absent or empty before, whole afterwards, or not there at all.
 * @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled
 */
export function importFolder(path: string, options: PictureOptions, into: string, watch: Watch = {}): Promise<PictureManifest> {
  return withListing(path, watch, { ...options, kind: 'image-classes' }, (listed) => importListed(path, listed, options, into, watch));
}

async function importListed(
  path: string,
  { name, listing }: Listed,
  options: PictureOptions,
  into: string,
  watch: Watch,
): Promise<PictureManifest> {
  try {
    const wanted = mapClasses(withoutChosen(listing, options), options.classes);
    const fill = async (unfinished: string, journal?: Journal<PackEntry<Row>>): Promise<PictureManifest> => {
      const packed = await fillFiles(unfinished, [SAMPLES_FILE], ([file]) =>
        packSamples({ listing: wanted, options, file, journal }, watch),
      );
      const refused = blockingConditions(packed.counts, listing.layout);
      if (refused.length > 0) throw new FailureError({ kind: 'dataset-invalid', path, problem: refused.join(' ') });
      return { kind: 'image-classes', ...packedFacts(name, options, { ...packed, labels: wanted.labels }) };
    };
    return await writeVersion(into, watch.signal, fill, await headOf(path, wanted, options));
  } catch (error) {
    throw new FailureError(toFailure(error, into));
  }
}

export interface Packed {
  samples: KeyedSample[];
  leftOut: FileProblem[];
  counts: ClassCounts;
  sizes: PictureManifest['sizes'];
  found: PictureManifest['found'];
}

interface Packing {
  listing: Listing;
  options: PictureOptions;
  file: SampleFile;
  journal?: Journal<PackEntry<Row>>;
  /** Names a picture that is no news, by what it decoded to. */
  refuse?(picture: ListedPicture, key: string): FileProblem | undefined;
}

/** Decodes and appends what can be used. */
export async function packSamples({ listing, options, file, journal, refuse }: Packing, watch: Watch): Promise<Packed> {
  const make = ({ picture, header, pixels, key, content }: Decoded): Made<Row> => {
    const refused = refuse?.(picture, key);
    return { row: { header, key, content, refused }, bytes: refused ? [] : [pixels] };
  };
  const packing = { listing, layout: options, files: [file], sizes: [sampleBytes(options)], journal, make };
  const { kept, leftOut } = await packRows<Row>(packing, watch);
  const tally = new Tally(listing.labels);
  for (const { picture, header } of kept) tally.add(picture, header);
  return {
    samples: kept.map(({ picture, key }) => sampleOf(picture, key, options)),
    leftOut: [...listing.problems, ...leftOut].sort((a, b) => byText(a.file, b.file)),
    counts: tally.counts,
    ...tally.foundSizes,
  };
}

/** As it is remembered. */
export function sampleOf(
  { file, label, split, group }: ListedPicture,
  key: string,
  { keepGroups }: Pick<PictureOptions, 'keepGroups'>,
): KeyedSample {
  return { file, label, split, key, ...(keepGroups && group !== undefined ? { group } : {}) };
}

/** Files the person left out are no part of any comparison: leaving out one of two copies settles their conflict. */
export function withoutChosen(listing: Listing, { leaveOut = [] }: Pick<PictureOptions, 'leaveOut'>): Listing {
  const chosen = new Set(leaveOut);
  // What is said of a mask is said under its own name.
  const isOut = ({ file, mask }: ListedPicture) => chosen.has(file) || (mask !== undefined && chosen.has(mask.file));
  const [out, pictures] = [listing.pictures.filter(isOut), listing.pictures.filter((picture) => !isOut(picture))];
  const problems = out.map<FileProblem>(({ file }) => ({ file, kind: 'left-out', message: 'Left out by you.', severity: 'error' }));
  return { ...listing, pictures, problems: [...listing.problems, ...problems] };
}
