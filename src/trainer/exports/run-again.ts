// A finished run opened once more, for exports that repeat it: what it began with and what it learnt from.
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { RunAgain } from '#exports/exporter';
import type { ExportRequest } from '#shared/exports';
import { FailureError } from '#shared/failure';
import { startModel, startRun, type Start } from '#shared/start-settings';
import { buildNetwork, firstWeights } from '../build-network';
import { defaultBudgetBytes } from '../free-memory';
import { openTrainingData } from '../open-training-data';
import { receiptIn } from '../saved-run';
import { beginningOf } from '../start-model';

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

export interface OpenRun extends RunAgain {
  close(): Promise<void>;
}

/**
 * The caller closes it.
 * @throws FailureError bad-setting where receipt, data or start of the run are missing or others
 */
export async function openRunAgain({ modelFolder, datasetFolder }: Pick<ExportRequest, 'modelFolder' | 'datasetFolder'>): Promise<OpenRun> {
  const receipt = receiptIn(modelFolder);
  if (!receipt) throw bad(NO_RECEIPT);
  if (datasetFolder === undefined || !existsSync(datasetFolder)) throw bad(NO_DATA);
  const { spec, microBatch, dataset } = receipt;
  const data = await openTrainingData(datasetFolder, { ...spec, workers: 0 }, defaultBudgetBytes());
  try {
    if (data.summary.contentHash !== dataset.contentHash) throw bad(OTHER_DATA);
    const { model, kept } = beginningOf({ spec, startPath: startPathOf(spec.start, modelFolder) });
    if (receipt.startWeights !== undefined && model && model.sha256 !== receipt.startWeights) throw bad(OTHER_START);
    const network = buildNetwork(spec, data, kept?.layers);
    const initial = await firstWeights(network, spec, data.model, model);
    return { network, spec, receipt, micro: microBatch, classCounts: data.classCounts, initial, data, close: () => data.close() };
  } catch (error) {
    await data.close();
    throw error;
  }
}

/** Of the run or the file that it started from: where the spec says, or where the app keeps such. */
export function startPathOf(start: Start | undefined, modelFolder: string): string | undefined {
  const file = startModel(start);
  if (file !== undefined) {
    const kept = join(dirname(dirname(modelFolder)), 'models', file, 'model.json');
    const there = [resolve(file), kept].find((path) => existsSync(path));
    if (there === undefined) throw bad(NO_FILE);
    return there;
  }
  const name = startRun(start);
  if (name === undefined) return undefined;
  const found = [resolve(name), join(dirname(modelFolder), basename(name))].find((folder) => existsSync(join(folder, 'model.json')));
  if (found === undefined) throw bad(NO_START);
  return found;
}

const NO_RECEIPT =
  'The run has no receipt.json, which says how it was trained, so it cannot be repeated elsewhere. Take the folder of a finished run.';
const NO_DATA =
  'The data that the run was trained on is not where it was, so it cannot be repeated elsewhere. Import the same data again; at the command line, say where it is (--data FOLDER).';
const OTHER_DATA =
  'These are not the data the run was trained on, so its samples would be others. Import the data of the run again, or give them at the command line (--data FOLDER).';
const OTHER_START =
  'What the run started from was trained further since, so its first weights are lost. Train a new run from it, and take that one.';
const NO_FILE =
  'The run started from a model file that is no longer there, so its first weights are lost. Train a new run from the file, and take or repeat that one.';
const NO_START =
  'The run started from another run, and that one is no longer there, so its first weights are lost. Train a new run, and take or repeat that one; at the command line, put the folder of the earlier run back beside this one.';
