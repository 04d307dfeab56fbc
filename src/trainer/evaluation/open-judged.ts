// A finished run opened to be judged: its saved model, the very data it was trained on, and what the two are judged with.
import { existsSync } from 'node:fs';
import { dispose, zeros } from '@tensorflow/tfjs-core';
import { readManifest } from '#datasets/manifest';
import type { ModelMetadata } from '#engine/layers-model';
import { createLearner, disposeLearner } from '#engine/learner';
import { BudgetMeter } from '#engine/meter';
import type { Network } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import type { DatasetManifest } from '#shared/dataset';
import type { EngineReport } from '#shared/engine';
import type { EvaluationQuestion } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { defaultBudgetBytes } from '../free-memory';
import { largestFitting } from '../largest-fitting';
import { openTrainingData, type OpenData } from '../open-training-data';
import { loadEngineOf } from '../run-engine';
import type { Finished } from './open-finished';
import type { Scorer } from './score';

/** Samples at once where the run's own number is not to be relied on: more gain nothing. */
const MOST_TRIED = 32;

/** Hears how many samples go at once before they do. */
export type OnSize = (micro: number) => void;

export interface Judged {
  scorer: Scorer;
  data: OpenData;
  metadata: ModelMetadata;
  engine: EngineReport;
  /** Samples in the version, of every part. */
  count: number;
  /** Samples at once: as the run validated, or found by trying. */
  micro: number;
  dispose(): Promise<void>;
}

/** @throws FailureError bad-setting where the data are gone, dataset-invalid where they are not what the run was trained on */
export async function openJudged(
  { receipt, model }: Finished,
  { datasetFolder, mostMicro = Infinity }: Pick<EvaluationQuestion, 'datasetFolder' | 'mostMicro'>,
  onSize: OnSize = () => {},
): Promise<Judged> {
  const { network, metadata } = model;
  const { count } = await ownManifest(receipt, datasetFolder);
  // Nothing is learnt: no thread reads ahead, no class is weighed.
  const spec = { ...receipt.spec, workers: 0, classWeights: undefined };
  const data = await openTrainingData(datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes());
  try {
    const runtime = await engineThatLoads(spec, data, network);
    const meter = new BudgetMeter(runtime.meter, data.hostBytes);
    meter.limitBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
    const optimizer = createOptimizer('sgd');
    const programs = new Programs(runtime, network, optimizer, data.objective);
    // As training holds them: in the engine, and counted, from the beginning.
    const learner = createLearner(network, optimizer, model.weights);
    const free = (): void => {
      disposeLearner(learner);
      programs.dispose();
    };
    const scorer: Scorer = {
      data,
      weights: learner.weights,
      programs,
      meter,
      as: metadata.output === 'value' ? 'values' : 'probabilities',
    };
    try {
      const micro = isSizeKnown(receipt, runtime, meter)
        ? Math.min(receipt.plan.micro, mostMicro)
        : tryPrediction(scorer, Math.min(MOST_TRIED, mostMicro), onSize);
      onSize(micro);
      return {
        scorer,
        data,
        metadata,
        engine: runtime.report,
        count,
        micro,
        dispose: async () => {
          free();
          await data.close();
        },
      };
    } catch (error) {
      free();
      throw error;
    }
  } catch (error) {
    await data.close();
    throw error;
  }
}

async function ownManifest({ dataset }: Receipt, folder: string): Promise<DatasetManifest> {
  if (!existsSync(folder)) {
    const problem = `The version of "${dataset.name}" that this model was trained on is gone, so it cannot be judged by it. What it came to in training is in its receipt and in History.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const manifest = await readManifest(folder);
  if (manifest.contentHash === dataset.contentHash) return manifest;
  const problem = `it is not the version of "${dataset.name}" that this model was trained on. Give that one.`;
  throw new FailureError({ kind: 'dataset-invalid', path: folder, problem });
}

/** The run's own, or where that has been removed since, the best there is. */
async function engineThatLoads(spec: RunSpec, data: OpenData, network: Network): Promise<Runtime> {
  try {
    return await loadEngineOf(spec, data, network);
  } catch (error) {
    if (spec.engine === 'auto' || !(error instanceof FailureError) || error.failure.kind !== 'engine-unavailable') throw error;
    return loadEngineOf({ ...spec, engine: 'auto' }, data, network);
  }
}

/** Whether as many samples as the run's micro-batch had went through the whole network, on this engine, in no more than this memory. */
const isSizeKnown = ({ spec, engine, peakBytes }: Receipt, { report }: Runtime, { limitBytes }: BudgetMeter): boolean =>
  spec.trains !== 'head' && engine.name === report.name && peakBytes <= limitBytes;

/** @throws FailureError out-of-memory where one sample does not fit */
const tryPrediction = ({ data, weights, programs, meter, as }: Scorer, most: number, onSize: OnSize): number =>
  largestFitting({ meter, programs }, most, (micro) => {
    onSize(micro);
    const input = zeros([micro, ...data.inputShape]);
    try {
      dispose(meter.call(programs.prediction(micro, as), [input, ...weights], micro));
    } finally {
      input.dispose();
    }
  }).micro;
