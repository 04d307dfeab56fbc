// The data a command names: a shipped sample, a packed data set as it is, or a folder of pictures, checked and packed first.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkFolder } from '#datasets/check-folder';
import { importFolder } from '#datasets/import-folder';
import { FailureError } from '#shared/failure';
import { locateData } from './locate-data';

/** Answers a packed data set's folder; pictures are packed into `outFolder`/data. What was left out is said. */
export async function prepareData(data: string, outFolder: string, say: (sentence: string) => void, signal: AbortSignal): Promise<string> {
  const folder = locateData(data);
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  const report = await checkFolder(folder, { signal });
  if (report.blocking.length > 0) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: report.blocking.join(' ') });
  const broken = report.problems.filter((p) => p.severity === 'error');
  for (const { file, message } of broken.slice(0, 10)) say(`Left out ${file}: ${message}`);
  if (broken.length > 10) say(`… and ${broken.length - 10} more files were left out; the list is in the data set's manifest.json.`);
  const into = join(outFolder, 'data');
  // What an earlier run left there may be other pictures: packed again beside it, then put in its place.
  const beside = join(outFolder, 'data.new');
  rmSync(beside, { recursive: true, force: true });
  await importFolder(folder, report.suggested, beside, { signal });
  rmSync(into, { recursive: true, force: true });
  renameSync(beside, into);
  return into;
}
