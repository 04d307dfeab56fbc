// `data check|import|list|show`: what pictures are, wherever they lie, turned into a data set, and what a data set holds.
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { checkFolder } from '#datasets/check-folder';
import { importFolder } from '#datasets/import-folder';
import { MANIFEST_FILE, readManifest } from '#datasets/manifest';
import { openDataset } from '#datasets/packed-dataset';
import { cleanUnfinished } from '#datasets/unfinished';
import { verifyDataset } from '#datasets/verify-dataset';
import type { Watch } from '#datasets/watch';
import { reportCsv } from '#shared/check-csv';
import { PictureOptionsSchema, type ImportProgress, type PictureCheck, type PictureOptions } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { describeCheck, describeDataset, describeImport, describeList, describeVersions, inOneLine } from './data-report';
import { findImported, importedDatasets } from './imported-data';
import { locateData } from './locate-data';
import { bar, StatusLine } from './terminal';

const USAGE =
  'Use: data check DATA [--labels PATTERN] [--csv FILE], data import DATA --out FOLDER [--labels PATTERN] [--size WxH] [--grey|--colour], data list [FOLDER], or data show FOLDER|NAME|NAME@VERSION; DATA is a folder, a zip archive, a table of file,label, an IDX or NumPy array, or sample:digits; PATTERN says where names carry the label, e.g. {label}_{number}; data list without a folder lists what the app has imported; --json prints JSON lines.';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = { out: text, csv: text, size: text, labels: text, grey: flag, colour: flag, json: flag, help: flag };
type Options = ReturnType<typeof readArguments>['options'];

export async function dataCommand(args: string[]): Promise<number> {
  const { action, folder, options } = readArguments(args);
  if (options.help) {
    console.log(USAGE);
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
    case 'show':
      return show(folder, options);
    default:
      throw badUsage(`"data ${action}" is not a command.`);
  }
}

async function check(folder: string, { csv, json, labels }: Options): Promise<number> {
  const report = await withProgress(json, (watch) => checkFolder(folder, watch, { labelPattern: labels }));
  if (csv !== undefined) await writeFile(resolve(csv), reportCsv(report));
  print(json, { kind: 'checked', report }, describeCheck(report));
  return report.blocking.length > 0 ? 1 : 0;
}

async function importInto(folder: string, options: Options): Promise<number> {
  const { out, json } = options;
  if (out === undefined) throw badUsage('Say with --out where the data set goes.');
  const into = resolve(out);
  const report = await withProgress(json, (watch) => checkFolder(folder, watch, { labelPattern: options.labels }));
  if (report.blocking.length > 0) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: report.blocking.join(' ') });
  const manifest = await withProgress(json, async (watch) => {
    await cleanUnfinished(dirname(into));
    return importFolder(folder, chosenOptions(report, options), into, watch);
  });
  print(json, { kind: 'imported', folder: into, manifest }, describeImport(manifest, into));
  return 0;
}

/** The data sets that lie in `folder`, or are it. */
async function listFolder(folder: string, { json }: Options): Promise<number> {
  const inside = await readdir(folder).catch(() => {
    throw new FailureError({ kind: 'dataset-missing', path: folder });
  });
  const folders = [folder, ...inside.sort().map((name) => join(folder, name))].filter((path) => existsSync(join(path, MANIFEST_FILE)));
  for (const path of folders) {
    const manifest = await readManifest(path);
    print(json, { kind: 'dataset', folder: path, manifest }, [`${path}: ${inOneLine(manifest)}`]);
  }
  if (folders.length === 0 && !json) console.log(`There are no data sets in ${folder}.`);
  return 0;
}

/** What the app has imported, with the versions of each. */
function listImported({ json }: Options): number {
  const datasets = importedDatasets();
  print(json, { kind: 'datasets', datasets }, describeList(datasets));
  return 0;
}

async function show(name: string, { json }: Options): Promise<number> {
  const imported = existsSync(resolve(name)) ? undefined : findImported(name);
  const dataset = await openDataset(imported?.folder ?? resolve(name), 0);
  dataset.close();
  await withProgress(json, (watch) => verifyDataset(dataset.folder, watch));
  const versions = imported?.versions ?? [];
  const lines = [...describeDataset(dataset.manifest), ...describeVersions(versions)];
  print(json, { kind: 'dataset', folder: dataset.folder, manifest: dataset.manifest, versions }, lines);
  return 0;
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    const [action, folder, extra] = positionals;
    if (extra !== undefined) throw new Error(`"${extra}" is one word too many.`);
    return { action, folder, options: values };
  } catch (error) {
    throw badUsage(error instanceof Error ? error.message : String(error));
  }
}

/** What the check suggests, unless the command line says otherwise. */
function chosenOptions({ suggested }: PictureCheck, { size, grey, colour }: Options): PictureOptions {
  if (grey && colour) throw badUsage('Pictures are stored either in --grey or in --colour.');
  const match = size === undefined ? undefined : /^(\d{1,5})(?:[x×](\d{1,5}))?$/i.exec(size);
  if (match === null) throw badUsage(`"${size}" is no picture size; write it like 96x96.`);
  const [width, height] = match ? [Number(match[1]), Number(match[2] ?? match[1])] : [suggested.width, suggested.height];
  const chosen = v.safeParse(PictureOptionsSchema, { ...suggested, width, height, channels: grey ? 1 : colour ? 3 : suggested.channels });
  if (!chosen.success) throw badUsage(`Pictures are stored at 4 to 1024 pixels a side, not at ${width} × ${height}.`);
  return chosen.output;
}

const STAGES: Record<ImportProgress['stage'], string> = { look: 'Looking', check: 'Checking', decode: 'Importing', write: 'Writing' };

/** Shows a bar on a terminal, and turns Ctrl-C into a clean end. */
async function withProgress<T>(json: boolean, work: (watch: Watch) => Promise<T>): Promise<T> {
  const control = new AbortController();
  const stop = (): void => control.abort();
  const line = new StatusLine();
  const onProgress = (progress: ImportProgress): void => {
    if (json) return console.log(JSON.stringify({ kind: 'progress', progress }));
    const { stage, done, total } = progress;
    line.show(`${bar(total > 0 ? done / total : 0)} ${STAGES[stage]} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work({ onProgress, signal: control.signal });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    line.clear();
  }
}

function print(json: boolean, value: unknown, lines: string[]): void {
  console.log(json ? JSON.stringify(value) : lines.join('\n'));
}

const badUsage = (what: string): FailureError => new FailureError({ kind: 'bad-setting', problem: `${what} ${USAGE}` });
