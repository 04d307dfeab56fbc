// `data check|import|list|show|discard`: pictures, wherever they lie, and tables turned into a data set, and what a data set holds.
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MANIFEST_FILE, readManifest } from '#datasets/manifest';
import { verifySource } from '#datasets/source';
import { discardUnfinished, unfinishedIn } from '#datasets/unfinished';
import type { Watch } from '#datasets/watch';
import { formatBytes } from '#shared/bytes';
import { reportCsv } from '#shared/check-csv';
import type { CheckReport, ImportProgress } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { badUsage, DATA_HELP, readDataArguments, type DataOptions } from './data-options';
import {
  describeCheck,
  describeDataset,
  describeImport,
  describeList,
  describeUnfinished,
  describeVersions,
  inOneLine,
  likelyLines,
} from './data-report';
import { checkData, importData } from './import-host';
import { findImported, importedDatasets } from './imported-data';
import { locateData } from './locate-data';
import { endedByInterrupt } from './interrupted';
import { findNearby } from './nearby-data';
import { chosenOptions, sourceChoices } from './reading-options';
import { bar, StatusLine } from './terminal';

export async function dataCommand(args: string[]): Promise<number> {
  const { action, folder, options } = readDataArguments(args);
  if (options.help) {
    console.log(DATA_HELP);
    return 0;
  }
  if (action === 'list' && folder === undefined) return listImported(options);
  if (!folder) throw badUsage(action ? 'Say which folder.' : 'Say what to do with the data.');
  switch (action) {
    case 'check':
      return check(locateData(folder), options);
    case 'import':
      return importInto(locateData(folder), options);
    case 'list':
      return listFolder(resolve(folder), options);
    case 'discard':
      return discard(resolve(folder), options);
    case 'show':
      return show(folder, options);
    default:
      throw badUsage(`"data ${action}" is not a command.`);
  }
}

async function check(folder: string, options: DataOptions): Promise<number> {
  const { csv, json } = options;
  const report = await look(folder, options);
  if (csv !== undefined) await writeFile(resolve(csv), reportCsv(report));
  // Previews are for eyes.
  const told = report.kind === 'segmentation' ? { ...report, previews: undefined } : report;
  print(json, { kind: 'checked', report: told }, describeCheck(report));
  return report.blocking.length > 0 ? 1 : 0;
}

function look(folder: string, options: DataOptions): Promise<CheckReport> {
  return withProgress(options.json, (watch) => checkData(folder, sourceChoices(options), watch));
}

async function importInto(folder: string, options: DataOptions): Promise<number> {
  const { out, json } = options;
  if (out === undefined) throw badUsage('Say with --out where the data set goes.');
  const into = resolve(out);
  const report = await look(folder, options);
  if (report.blocking.length > 0) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: report.blocking.join(' ') });
  const chosen = chosenOptions(report, options);
  const manifest = await withProgress(json, (watch) => importData(folder, chosen, into, watch));
  print(json, { kind: 'imported', folder: into, manifest }, [...likelyLines(report), ...describeImport(manifest, into)]);
  return 0;
}

/** The data sets that lie in `folder`, or are it. */
async function listFolder(folder: string, { json }: DataOptions): Promise<number> {
  const inside = await readdir(folder).catch(() => {
    throw new FailureError({ kind: 'dataset-missing', path: folder });
  });
  const folders = [folder, ...inside.sort().map((name) => join(folder, name))].filter((path) => existsSync(join(path, MANIFEST_FILE)));
  for (const path of folders) {
    const manifest = await readManifest(path);
    print(json, { kind: 'dataset', folder: path, manifest }, [`${path}: ${inOneLine(manifest)}`]);
  }
  const unfinished = await unfinishedIn(folder);
  for (const at of unfinished) print(json, { kind: 'unfinished', ...at }, [describeUnfinished(at)]);
  if (folders.length + unfinished.length === 0 && !json) console.log(`There are no data sets in ${folder}.`);
  return 0;
}

/** Gives up an import that was stopped or killed. `into`: where it was to end up. */
async function discard(into: string, { json }: DataOptions): Promise<number> {
  if (!(await discardUnfinished(into)))
    throw new FailureError({
      kind: 'bad-setting',
      problem: `No import into ${into} was left unfinished. data list FOLDER names those in a folder.`,
    });
  print(json, { kind: 'discarded', folder: into }, [`What the import into ${into} had done is gone.`]);
  return 0;
}

/** What the app has imported, with the versions of each; and what imports left unfinished in this folder. */
async function listImported({ json }: DataOptions): Promise<number> {
  const datasets = importedDatasets();
  const unfinished = await unfinishedIn(resolve('.'));
  print(json, { kind: 'datasets', datasets, unfinished }, [...describeList(datasets), ...unfinished.map(describeUnfinished)]);
  return 0;
}

async function show(name: string, { json }: DataOptions): Promise<number> {
  const path = resolve(name);
  const isPath = existsSync(join(path, MANIFEST_FILE)) || /[/\\]/.test(name);
  if (isPath && existsSync(path) && !existsSync(join(path, MANIFEST_FILE))) {
    throw new FailureError({
      kind: 'dataset-invalid',
      path,
      problem: 'it is not packed. Look at it with data check, or pack it with data import.',
    });
  }
  const imported = isPath ? undefined : findImported(name);
  const folder = imported?.folder ?? (isPath ? path : await findNearby(name));
  const manifest = await readManifest(folder);
  await withProgress(json, (watch) => verifySource(folder, manifest, watch));
  const versions = imported?.versions ?? [];
  const lines = [...describeDataset(manifest), ...describeVersions(versions)];
  print(json, { kind: 'dataset', folder, manifest, versions }, lines);
  return 0;
}

const STAGES: Record<ImportProgress['stage'], string> = { look: 'Looking', check: 'Checking', decode: 'Importing', write: 'Writing' };

/** Shows a bar on a terminal, and turns Ctrl-C into a clean end. */
async function withProgress<T>(json: boolean, work: (watch: Watch) => Promise<T>): Promise<T> {
  const line = new StatusLine();
  const onProgress = (progress: ImportProgress): void => {
    if (json) return console.log(JSON.stringify({ kind: 'progress', progress }));
    const { stage, done, total, unit } = progress;
    const words = unit === 'bytes' ? formatBytes : (count: number) => count.toLocaleString('en');
    line.show(`${bar(total > 0 ? done / total : 0)} ${STAGES[stage]} ${words(done)} of ${words(total)}`);
  };
  return endedByInterrupt((signal) => work({ onProgress, signal })).finally(() => line.clear());
}

function print(json: boolean, value: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(value) : lines.join('\n'));
}
