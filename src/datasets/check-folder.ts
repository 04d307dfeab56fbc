// Looks at every picture of a folder before anything is copied, and says what was found in plain words.
import type { FileProblem, PictureCheck, PictureFacts, PictureOptions } from '#shared/dataset';
import { advise, suggestOptions } from './advice';
import { blockingConditions } from './blocking';
import { counted } from './class-counts';
import { findDuplicates } from './duplicates';
import { examine } from './examine';
import { FINGERPRINT_LAYOUT } from './fingerprint';
import { withListing, type Listed } from './importers/choose';
import type { Choices, Listing } from './importers/importer';
import { likelyMasks } from './masks/likely-masks';
import { NearDuplicates } from './near-duplicates';
import { canBeCompared, nearProblems } from './near-problems';
import { byText } from './sources/source';
import { Tally } from './tally';
import { Stage, type Watch } from './watch';

/** Every picture is decoded in full. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export function checkFolder(path: string, watch: Watch = {}, choices: Choices = {}): Promise<PictureCheck> {
  return withListing(path, watch, choices, (listed) => checkListed(listed, watch));
}

export async function checkListed({ name, listing }: Listed, watch: Watch): Promise<PictureCheck> {
  const duplicates = await findDuplicates(listing, watch);
  const stage = new Stage(watch, 'check', listing.pictures.length);
  const tally = new Tally(listing.labels);
  const problems: FileProblem[] = [...listing.problems];
  const near = new NearDuplicates();
  let place = -1;
  for await (const { picture, header, pixels, problem } of examine(listing, FINGERPRINT_LAYOUT, watch)) {
    stage.advance();
    place++;
    const duplicate = header && duplicates.get(picture.file);
    if (problem) problems.push(problem);
    if (duplicate) problems.push(duplicate);
    if (header && duplicate?.severity !== 'error') tally.add(picture, header);
    if (header && pixels && !duplicate && canBeCompared(header)) near.add(place, pixels);
  }
  problems.push(...nearProblems(near, listing));
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
  const pictures = counted(tally.counts.total, 'picture');
  return `${classes}, ${pictures}, ${splitWords(ownSplit(listing, tally))}${listing.found ? ` (${listing.found})` : ''}.`;
}

/** A clause for the summary. */
export function splitWords(own: PictureFacts['ownSplit']): string {
  if (!own) return 'no split found';
  const parts = Object.entries(own).filter(([, count]) => count > 0);
  return `own split: ${parts.map(([name, count]) => `${count.toLocaleString('en')} ${name}`).join(', ')}`;
}
