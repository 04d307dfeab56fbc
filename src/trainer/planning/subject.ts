// What a forecast is about, opened once: data, engine and network. Batch, budget and what acts between updates may change while it stays open.
import type { Network } from '#engine/network';
import { createOptimizer, type Optimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import type { PlannedRun } from '#shared/forecast';
import { stepSettings } from '#shared/step-settings';
import { buildNetwork } from '../build-network';
import { refuseFastMode } from '../fast-mode';
import { defaultBudgetBytes } from '../free-memory';
import { openTrainingData, type OpenData } from '../open-training-data';
import { loadEngineOf } from '../run-engine';
import { beginningOf } from '../start-model';
import { PeakCurve } from './peak-curve';
import { lookAtShapes } from './shapes';

export interface Subject {
  data: OpenData;
  runtime: Runtime;
  network: Network;
  optimizer: Optimizer;
  /** Of the engine's memory alone, by N_μ. */
  peaks: PeakCurve;
  /** The same where a mini-batch runs stage by stage, by the name of the way it does. */
  staged: Map<string, PeakCurve>;
}

/** The same for runs of one subject. */
export const subjectKey = ({ spec, datasetFolder, startPath }: PlannedRun): string =>
  JSON.stringify([datasetFolder, startPath, stepSettings(spec)]);

/** To be closed. @throws FailureError as the run would be refused */
export async function openSubject(asked: PlannedRun): Promise<Subject> {
  const { spec, datasetFolder } = asked;
  const data = await openTrainingData(datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes());
  try {
    const network = buildNetwork(spec, data, beginningOf(asked).kept?.layers);
    const runtime = await loadEngineOf(spec, data, network);
    refuseFastMode(runtime, spec);
    const optimizer = createOptimizer(spec.optimizer, spec);
    const look = lookAtShapes(runtime, network, optimizer, data.objective);
    return { data, runtime, network, optimizer, peaks: new PeakCurve(look, data.train.length), staged: new Map() };
  } catch (error) {
    await data.close();
    throw error;
  }
}
