// What a person chose to learn from, whatever it is: checked, or imported as it was checked.
import { stat } from 'node:fs/promises';
import { assertNever } from '#shared/assert-never';
import type { CheckReport, DatasetManifest, ImportOptions } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { TableOptions } from '#shared/table';
import { checkFolder } from './check-folder';
import { importFolder } from './import-folder';
import { checkTable } from './tables/check-table';
import { importTable } from './tables/import-table';
import type { Watch } from './watch';

const TABLE_NAME = /\.(?:csv|tsv|tab|txt|data)$/i;

/** By what it is called: what is inside is looked at by its importer. */
export async function isTable(path: string): Promise<boolean> {
  return TABLE_NAME.test(path) && (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, cancelled */
export async function checkSource(path: string, options?: TableOptions, watch: Watch = {}): Promise<CheckReport> {
  return (await isTable(path)) ? checkTable(path, options, watch) : checkFolder(path, watch);
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled */
export async function importSource(path: string, options: ImportOptions, into: string, watch: Watch = {}): Promise<DatasetManifest> {
  switch (options.kind) {
    case 'table':
      return importTable(path, options, into, watch);
    case 'image-classes':
    case undefined:
      if (await isTable(path)) throw new FailureError({ kind: 'dataset-invalid', path, problem: 'it is a table. Check it again.' });
      return importFolder(path, options, into, watch);
    default:
      return assertNever(options);
  }
}
