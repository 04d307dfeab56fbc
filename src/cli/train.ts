// `train`: a run without a window, from the same spec and by the same code as the app's.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readManifest } from '#datasets/manifest';
import { sortOf } from '#shared/data-sort';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import type { RunEvent } from '#shared/run-event';
import { unwritable } from '#store/writable';
import { readHeader } from '#trainer/checkpoint';
import type { RunRequest } from '#trainer/run-request';
import { chosenSpec } from './chosen-spec';
import { chosenStart } from './chosen-start';
import { openHistory } from './history';
import { hostRun } from './host';
import { modelCards, modelLines } from './model-list';
import { prepareData } from './prepare-data';
import { repeatedRun, type RepeatedRun } from './repeated-run';
import { reporter } from './report';
import { resumedSpec } from './resumed-spec';
import { parseTrainOptions, TRAIN_HELP, type TrainOptions } from './train-options';

export async function trainCommand(args: string[]): Promise<number> {
  const options = parseTrainOptions(args);
  if (options.help) {
    console.log(TRAIN_HELP);
    return 0;
  }
  if (options.models) {
    console.log(
      options.json
        ? modelCards()
            .map((card) => JSON.stringify(card))
            .join('\n')
        : modelLines().join('\n'),
    );
    return 0;
  }
  const report = reporter(options.json);
  const stop = stopOnInterrupt();
  try {
    const repeated = options.repeat === undefined ? undefined : await repeat(options.repeat, options, report.say, stop);
    const request = repeated?.request ?? (await makeRequest(options, report.say, stop));
    const history = options.history ? await openHistory(request, report.say) : undefined;
    try {
      const run = hostRun((event) => {
        history?.record(event);
        report.event(event);
        repeated?.hear(event);
      });
      const ended = run.train({ kind: 'train', ...request });
      if (stop.aborted) run.tell('stop');
      else stop.addEventListener('abort', () => run.tell('stop'), { once: true });
      await ended;
    } catch (error) {
      const failed = failedEvent(error, request.outFolder);
      history?.record(failed);
      throw error;
    } finally {
      history?.close();
    }
    return 0;
  } catch (error) {
    report.event(failedEvent(error, options.out));
    return 1;
  }
}

function failedEvent(error: unknown, path?: string): RunEvent {
  const failure = toFailure(error, path);
  if (failure.kind === 'unexpected' && process.env.OVERBATCH_DEBUG) console.error(error);
  return { kind: 'failed', failure, sentence: failureSentence(failure) };
}

/** The first Ctrl-C ends the run after the step it is in, with a checkpoint; the second ends the process. */
function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
      console.error('\nStopping. A run that trains finishes its step and saves a checkpoint. Press Ctrl-C again to end at once.');
    });
  }
  return controller.signal;
}

async function makeRequest(options: TrainOptions, say: (sentence: string) => void, stop: AbortSignal): Promise<RunRequest> {
  if (options.resume !== undefined) {
    const folder = resolve(options.resume);
    const { header } = readHeader(folder);
    const spec = resumedSpec(header.spec, options.given);
    const datasetFolder =
      options.data === undefined
        ? header.datasetFolder
        : await prepareData(options.data, folder, { say, signal: stop, reading: options.reading, expectedHash: header.datasetHash });
    return { spec, datasetFolder, outFolder: options.out ? outFolderOf(options.out) : folder, resumeFolder: folder };
  }
  if (options.data === undefined) {
    throw new FailureError({
      kind: 'bad-setting',
      problem: 'Say which data to learn from: --data FOLDER, or --data sample:digits to try.',
    });
  }
  const start = chosenStart(options.said);
  const outFolder = outFolderOf(options.out);
  const datasetFolder = await prepareData(options.data, outFolder, { say, signal: stop, reading: options.reading });
  const spec = chosenSpec({ ...options, said: { ...options.said, ...start.said } }, sortOf(await readManifest(datasetFolder)));
  return { spec, datasetFolder, outFolder, ...start.request };
}

const repeat = (folder: string, options: TrainOptions, say: (sentence: string) => void, signal: AbortSignal): Promise<RepeatedRun> =>
  repeatedRun(folder, outFolderOf(options.out), options, { say, signal });

/** Where a run goes: as said, or a new one. @throws FailureError no-permission, before hours are spent on it */
function outFolderOf(said?: string): string {
  const folder = resolve(said ?? newRunFolder());
  const refused = unwritable(folder);
  if (refused) throw new FailureError(refused);
  return folder;
}

function newRunFolder(): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const base = join('runs', stamp);
  for (let n = 1; ; n++) {
    const folder = n === 1 ? base : `${base}-${n}`;
    if (!existsSync(folder)) return folder;
  }
}
