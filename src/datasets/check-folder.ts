// Looks at every picture of a folder before anything is copied, and says what was found in plain words.
import { basename } from 'node:path';
import type { CheckReport, FileProblem } from '#shared/dataset';
import { advise, suggestOptions } from './advice';
import { blockingConditions } from './blocking';
import { counted } from './class-counts';
import { findDuplicates } from './duplicates';
import { examine } from './examine';
import { listSource } from './importers/choose';
import type { Listing } from './importers/importer';
import { Tally } from './tally';
import { byText } from './walk';
import { Stage, type Watch } from './watch';

/** Every picture is decoded in full. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function checkFolder(folder: string, watch: Watch = {}): Promise<CheckReport> {
  const { root, listing } = await listSource(folder, watch);
  const duplicates = await findDuplicates(root, listing, watch.signal);
  const stage = new Stage(watch, 'check', listing.pictures.length);
  const tally = new Tally(listing.labels);
  const problems: FileProblem[] = [...listing.problems];
  for await (const { picture, header, problem } of examine(root, listing.pictures)) {
    stage.advance();
    const duplicate = header && duplicates.get(picture.file);
    if (problem) problems.push(problem);
    if (duplicate) problems.push(duplicate);
    if (header && duplicate?.severity !== 'error') tally.add(picture, header);
  }
  const suggested = suggestOptions(tally);
  return {
    name: basename(root) || root,
    layout: listing.layout,
    summary: summarise(listing, tally),
    classes: tally.classes,
    ownSplit: ownSplit(listing, tally),
    pictures: tally.counts.total,
    sizes: tally.sizes,
    colours: tally.colours,
    suggested,
    problems: problems.sort((a, b) => byText(a.file, b.file)),
    blocking: blockingConditions(tally.counts),
    advice: advise(tally, suggested),
  };
}

function ownSplit({ layout }: Listing, { counts }: Tally): CheckReport['ownSplit'] {
  if (layout !== 'split-class-folders') return undefined;
  return { train: counts.inSplit('train'), validation: counts.inSplit('validation'), test: counts.inSplit('test') };
}

function summarise(listing: Listing, tally: Tally): string {
  const split = ownSplit(listing, tally);
  const parts = split && Object.entries(split).filter(([, count]) => count > 0);
  const classes = counted(listing.labels.length, 'class', 'classes');
  const pictures = counted(tally.counts.total, 'picture');
  return parts
    ? `${classes}, ${pictures}, own split: ${parts.map(([name, count]) => `${count.toLocaleString('en')} ${name}`).join(', ')}.`
    : `${classes}, ${pictures}, no split found.`;
}
