// `export`: the model of a run's folder taken away, tried before it gets its name.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { formatBytes } from '#shared/bytes';
import { died } from '#shared/child';
import {
  EXPORT_CARDS,
  EXPORT_NAMES,
  EXPORT_STAGES,
  fileNameOf,
  proofSentence,
  unfinishedExport,
  type ExportName,
  type ExportProgress,
  type ExportRequest,
  type ExportResult,
} from '#shared/exports';
import { FailureError } from '#shared/failure';
import { startJob } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { readHeader } from '#trainer/checkpoint';
import { forkProgram } from './fork-program';
import { TRAINER_PROGRAM } from './host';
import { parseWords } from './parse-words';
import { bar, StatusLine } from './terminal';

const EXPORT_HELP = `npm run export -- RUNFOLDER --as NAME [--out PATH] [--name TEXT] [--data FOLDER] [--replace] [--json]

Takes the trained model in RUNFOLDER away. NAME is one of:
${EXPORT_NAMES.map((name) => `  ${name.padEnd(8)} ${EXPORT_CARDS[name].label}. ${EXPORT_CARDS[name].purpose} ${EXPORT_CARDS[name].opensWith}`).join('\n')}

  --out PATH     the file, or the folder that is made; without it, beside where you are
  --name TEXT    what the model is called in it; without it, the name of RUNFOLDER
  --data FOLDER  the packed data set of the run, where it was moved: its held-out samples are what the export is compared on
  --replace      a file that lies there already is replaced (a folder never is)
  --json         progress and result as JSON, a line each`;

export async function exportCommand(args: string[]): Promise<number> {
  const { help, json, request } = readArguments(args);
  if (help) {
    console.log(EXPORT_HELP);
    return 0;
  }
  const line = new StatusLine();
  const stop = (): void => job.cancel();
  const job = startJob<TrainerCommand, TrainerMessage, ExportResult>(
    forkProgram(TRAINER_PROGRAM),
    { kind: 'export', ...request },
    (message) => {
      if (message.kind === 'export-progress') say(message.progress, json, line);
      return message.kind === 'exported' ? { result: message.result } : undefined;
    },
    died,
  );
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const result = await job.result;
    line.clear();
    if (json) console.log(JSON.stringify({ kind: 'exported', path: request.out, ...result }));
    else console.log(`Saved as ${request.out}, ${formatBytes(result.bytes)}. ${proofSentence(result)}`);
    return 0;
  } catch (error) {
    // A process that was ended leaves what it was writing.
    await rm(unfinishedExport(request.out), { recursive: true, force: true, maxRetries: 5 });
    throw error;
  } finally {
    line.clear();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function say(progress: ExportProgress, json: boolean, line: StatusLine): void {
  if (json) return console.log(JSON.stringify({ kind: 'export-progress', ...progress }));
  line.show(`${progress.share === undefined ? '' : `${bar(progress.share)} `}${EXPORT_STAGES[progress.stage]}`);
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

function readArguments(
  args: string[],
): { help: true; json: false; request?: undefined } | { help: false; json: boolean; request: ExportRequest } {
  const { values, words } = parsed(args);
  if (values.help) return { help: true, json: false };
  const [folder, more] = words;
  if (folder === undefined || more !== undefined)
    throw bad('Say which run to take away, and only that: export RUNFOLDER --as html. --help says more.');
  const modelFolder = resolve(folder);
  const name = values.name ?? basename(modelFolder);
  const as = exportName(values.as);
  const out = resolve(values.out ?? fileNameOf(name, as));
  const datasetFolder = values.data === undefined ? knownData(modelFolder) : resolve(values.data);
  return {
    help: false,
    json: values.json,
    request: { modelFolder, as, out, name, replace: values.replace, ...(datasetFolder && { datasetFolder }) },
  };
}

function parsed(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const options = { as: text, out: text, name: text, data: text, replace: flag, json: flag, help: flag } as const;
  return parseWords(args, options, 'export --help says what there is.', Infinity);
}

function exportName(text: string | undefined): ExportName {
  const name = EXPORT_NAMES.find((each) => each === text);
  if (!name)
    throw bad(`${text === undefined ? 'Say what it is to become' : `There is no export "${text}"`}: --as ${EXPORT_NAMES.join(', --as ')}.`);
  return name;
}

/** Where the run's last checkpoint says its data lies, or where `train --data` packed it. */
export function knownData(runFolder: string): string | undefined {
  try {
    return readHeader(runFolder).header.datasetFolder;
  } catch {
    const packed = join(runFolder, 'data');
    return existsSync(packed) ? packed : undefined;
  }
}
