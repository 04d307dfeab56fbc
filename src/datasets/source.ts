// What a person chose to learn from, whatever it is: checked, or imported as it was checked.
import type { CheckReport, DatasetManifest, ImportOptions } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { checkFolder } from './check-folder';
import { importFolder } from './import-folder';
import type { Watch } from './watch';

/** @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function checkSource(path: string, watch: Watch = {}): Promise<CheckReport> {
  return checkFolder(path, watch);
}

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting, disk-full, no-permission, cancelled */
export async function importSource(path: string, options: ImportOptions, into: string, watch: Watch = {}): Promise<DatasetManifest> {
  if (options.kind === 'table') throw new FailureError({ kind: 'dataset-invalid', path, problem: 'it is no table.' });
  return importFolder(path, options, into, watch);
}
