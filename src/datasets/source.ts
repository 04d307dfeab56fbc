// What a person chose to learn from, whatever it is: checked, or imported as it was checked.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '#shared/assert-never';
import type { CheckReport, DatasetManifest, ImportOptions, SourceChoices } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { checkListed } from './check-folder';
import { namedLikePicture } from './formats/identify';
import { importFolder } from './import-folder';
import { withListing } from './importers/choose';
import { namesPictures } from './importers/names-pictures';
import { checkMasks } from './masks/check-masks';
import { importMasks } from './masks/import-masks';
import { isHidden } from './sources/source';
import { checkTable } from './tables/check-table';
import { importTable } from './tables/import-table';
import { verifyTable } from './tables/verify-table';
import { verifyDataset } from './verify-dataset';
import type { Watch } from './watch';

const TABLE_NAME = /\.(?:csv|tsv|tab|txt|data)$/i;
const CLEAR_NAME = /\.(?:csv|tsv)$/i;

/** What people choose for a table and nothing here reads, with the way out. */
const UNREAD: readonly [name: RegExp, problem: string][] = [
  [/\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/i, 'it is a spreadsheet. Open it, save the sheet as CSV, and choose that file.'],
  [
    /\.(?:parquet|feather|arrow|sav|dta|rds|rdata|mat|sqlite|db)$/i,
    'it is a table of a kind that is not read. Save it as CSV, and choose that file.',
  ],
];

function refuseUnread(path: string): void {
  const problem = UNREAD.find(([name]) => name.test(path))?.[1];
  if (problem) throw new FailureError({ kind: 'dataset-invalid', path, problem });
}

/** The table that was chosen: a file called like one, or the only one in a folder without other data. No list of pictures beside it. */
async function tableAt(path: string, watch: Watch): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) refuseUnread(path);
  const file = found?.isDirectory() ? await onlyTable(path) : found?.isFile() && TABLE_NAME.test(path) ? path : undefined;
  if (file === undefined) return undefined;
  // What cannot be looked at is said by whoever opens it.
  return (await namesPictures(file, watch).catch(() => false)) ? undefined : file;
}

async function onlyTable(folder: string): Promise<string | undefined> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter(({ name }) => !isHidden(name));
  const tables = entries.filter((entry) => entry.isFile() && CLEAR_NAME.test(entry.name));
  const isAlone = tables.length === 1 && !entries.some((entry) => entry.isDirectory() || namedLikePicture(entry.name));
  return isAlone ? join(folder, tables[0].name) : undefined;
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, cancelled */
export async function checkSource(path: string, { table, ...choices }: SourceChoices = {}, watch: Watch = {}): Promise<CheckReport> {
  const file = await tableAt(path, watch);
  if (file !== undefined) {
    if (choices.labelPattern !== undefined) throw bad('Only names of pictures carry a label, and this is a table. Leave the pattern out.');
    if (choices.kind !== undefined) throw bad('Classes and masks are of pictures, and this is a table. Leave the kind out.');
    return checkTable(file, table, watch);
  }
  if (table)
    throw bad(
      'A target, columns and separators are said of a table, and these are pictures. Leave them out, or choose a .csv or .tsv file.',
    );
  if (choices.kind === 'segmentation' && choices.labelPattern !== undefined)
    throw bad('Masks say their classes themselves, so there is nothing to read from names. Leave the pattern out.');
  return withListing<CheckReport>(path, watch, choices, (listed) =>
    listed.listing.masks ? checkMasks(listed, watch) : checkListed(listed, watch),
  );
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled */
export async function importSource(path: string, options: ImportOptions, into: string, watch: Watch = {}): Promise<DatasetManifest> {
  switch (options.kind) {
    case 'table':
      return importTable((await tableAt(path, watch)) ?? path, options, into, watch);
    case 'segmentation':
      return importMasks(path, options, into, watch);
    case 'image-classes':
    case undefined:
      return importFolder(path, options, into, watch);
    default:
      return assertNever(options);
  }
}

/** Every byte of a version compared with its hash. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function verifySource(folder: string, { kind }: Pick<DatasetManifest, 'kind'>, watch: Watch = {}): Promise<void> {
  switch (kind) {
    case 'image-classes':
    case 'segmentation':
      return verifyDataset(folder, watch);
    case 'table':
      return verifyTable(folder, watch);
    default:
      return assertNever(kind);
  }
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
