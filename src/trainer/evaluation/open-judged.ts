// A finished run opened to be judged: its saved model, the very data it was trained on, and what the two are judged with.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { readManifest } from '#datasets/manifest';
import type { ModelMetadata } from '#engine/layers-model';
import { BudgetMeter } from '#engine/meter';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { defaultBudgetBytes } from '../free-memory';
import { openTrainingData, type OpenData } from '../open-training-data';
import { loadEngineOf } from '../run-engine';
import { loadModel, type SavedModel } from '../saved-model';
import type { Scorer } from './score';

export interface Judged {
  scorer: Scorer;
  data: OpenData;
  metadata: ModelMetadata;
  /** Samples at once, as the run validated. */
  micro: number;
  close(): Promise<void>;
}

export interface Finished {
  receipt: Receipt;
  model: SavedModel;
  /** SHA-256. */
  weights: string;
}

/** @throws FailureError bad-model */
export function openFinished(runFolder: string): Finished {
  const model = loadModel(runFolder);
  const weights = createHash('sha256')
    .update(readFileSync(join(runFolder, 'weights.bin')))
    .digest('hex');
  return { receipt: readReceipt(runFolder), model, weights };
}

function readReceipt(folder: string): Receipt {
  const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-model', path: folder, problem });
  const file = join(folder, 'receipt.json');
  if (!existsSync(file)) throw bad('there is no receipt.json in it, which says what it was trained on. Train the model again.');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Receipt;
  } catch {
    throw bad('its receipt.json is damaged. Train the model again, or restore the file.');
  }
}

/** @throws FailureError bad-setting where the data are gone, dataset-invalid where they are not what the run was trained on */
export async function openJudged({ receipt, model }: Finished, datasetFolder: string): Promise<Judged> {
  const { network, metadata } = model;
  if (!existsSync(datasetFolder)) {
    const problem = `The version of "${receipt.dataset.name}" that this model was trained on is gone, so it cannot be judged by it. What it came to in training is in History.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const { contentHash } = await readManifest(datasetFolder);
  if (contentHash !== receipt.dataset.contentHash) {
    const problem = `it is not the version of "${receipt.dataset.name}" that this model was trained on. Give that one.`;
    throw new FailureError({ kind: 'dataset-invalid', path: datasetFolder, problem });
  }
  // Nothing is learnt: no thread reads ahead, no class is weighed.
  const spec = { ...receipt.spec, workers: 0, classWeights: undefined };
  const data = await openTrainingData(datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes());
  try {
    const runtime = await loadEngineOf(spec, data, network);
    const meter = new BudgetMeter(runtime.meter, data.hostBytes);
    meter.limitBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
    const programs = new Programs(runtime, network, createOptimizer('sgd'), data.objective);
    const weights = model.weights.map((values, i) => tensor(values, network.weights[i].shape, 'float32'));
    return {
      scorer: { data, weights, programs, meter, as: metadata.output === 'value' ? 'values' : 'probabilities' },
      data,
      metadata,
      micro: receipt.plan.micro,
      close: async () => {
        dispose(weights);
        programs.dispose();
        await data.close();
      },
    };
  } catch (error) {
    await data.close();
    throw error;
  }
}
