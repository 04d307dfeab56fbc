// Looks at every picture of a folder before anything is copied, and says what was found in plain words.
import { locale } from '#shared/language';
import type { PictureCheck, PictureFacts, PictureOptions } from '#shared/dataset';
import { advise, suggestOptions } from './advice';
import { blockingConditions } from './blocking';
import { counted } from './class-counts';
import { findDuplicates } from './duplicates';
import { withListing, type Listed } from './importers/choose';
import type { Choices, Listing } from './importers/importer';
import { likeEachOther, look } from './look';
import { likelyMasks } from './masks/likely-masks';
import { nearProblems } from './near-problems';
import { byText } from './sources/source';
import { Tally } from './tally';
import type { Watch } from './watch';

/** Every picture is decoded in full. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export function checkFolder(path: string, watch: Watch = {}, choices: Choices = {}): Promise<PictureCheck> {
  return withListing(path, watch, choices, (listed) => checkListed(listed, watch));
}

export async function checkListed({ name, listing }: Listed, watch: Watch): Promise<PictureCheck> {
  const looked = await look(listing, watch);
  const duplicates = findDuplicates(looked, listing.labels);
  const tally = new Tally(listing.labels);
  const problems = [...listing.problems, ...looked.flatMap(({ problem }) => problem ?? []), ...duplicates.values()];
  for (const { picture, header } of looked) if (header && duplicates.get(picture.file)?.severity !== 'error') tally.add(picture, header);
  problems.push(...nearProblems(likeEachOther(looked, duplicates), listing));
  const { labelPattern } = listing;
  const groups = groupsOf(listing);
  const likely = await likelyMasks(listing, watch);
  const suggested: PictureOptions = {
    kind: 'image-classes',
    ...suggestOptions(tally),
    ...(labelPattern !== undefined && { labelPattern }),
    ...(groups && { keepGroups: true }),
  };
  return {
    kind: 'image-classes',
    name,
    layout: listing.layout,
    summary: summarise(listing, tally),
    classes: tally.classes,
    ...(likely !== undefined && { likelyMasks: likely }),
    ownSplit: ownSplit(listing, tally),
    pictures: tally.counts.total,
    ...(groups && { groups }),
    sizes: tally.sizes,
    colours: tally.colours,
    suggested,
    problems: problems.sort((a, b) => byText(a.file, b.file)),
    blocking: blockingConditions(tally.counts, listing.layout),
    advice: advise(tally, suggested),
  };
}

/** One group alone keeps nothing apart. */
export function groupsOf({ pictures }: Pick<Listing, 'pictures'>): number | undefined {
  const groups = new Set(pictures.map(({ group }) => group).filter((group) => group !== undefined)).size;
  return groups > 1 ? groups : undefined;
}

function ownSplit({ pictures }: Listing, { counts }: Tally): PictureCheck['ownSplit'] {
  if (!pictures.some(({ split }) => split !== 'none')) return undefined;
  return { train: counts.inSplit('train'), validation: counts.inSplit('validation'), test: counts.inSplit('test') };
}

function summarise(listing: Listing, tally: Tally): string {
  const classes = counted(listing.labels.length, 'class', 'classes');
  const pictures = counted(tally.counts.total, 'picture', 'pictures');
  return `${classes}, ${pictures}, ${splitWords(ownSplit(listing, tally))}${listing.found ? ` (${listing.found})` : ''}.`;
}

/** A clause for the summary. */
export function splitWords(own: PictureFacts['ownSplit']): string {
  if (!own) return 'no split found';
  const parts = [
    own.train > 0 ? `${own.train.toLocaleString(locale)} train` : '',
    own.validation > 0 ? `${own.validation.toLocaleString(locale)} validation` : '',
    own.test > 0 ? `${own.test.toLocaleString(locale)} test` : '',
  ];
  return `own split: ${parts.filter((part) => part !== '').join(', ')}`;
}
