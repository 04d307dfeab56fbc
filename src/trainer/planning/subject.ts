// What a forecast is about, opened once: data, engine and network. Batch, budget and what acts between updates may change while it stays open.
import type { Network } from '#engine/network';
import { createOptimizer, type Optimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import type { PlannedRun } from '#shared/forecast';
import { stepSettings } from '#shared/step-settings';
import { buildNetwork, firstWeights } from '../build-network';
import { refuseFastMode } from '../fast-mode';
import { haveFeatures } from '../features/feature-file';
import { chooseFeatures, mayHaveFeatures, mostAtOnce, type FeatureRun } from '../features/feature-run';
import { plannedFeatures } from '../features/with-features';
import { defaultBudgetBytes } from '../free-memory';
import { openTrainingData, type OpenData } from '../open-training-data';
import { loadEngineOf } from '../run-engine';
import { beginningOf } from '../start-model';
import { PeakCurve } from './peak-curve';
import { lookAtExtraction, lookAtShapes } from './shapes';

export interface Subject {
  /** As the network that is trained sees it. */
  data: OpenData;
  runtime: Runtime;
  network: Network;
  optimizer: Optimizer;
  /** Of the engine's memory alone, by N_μ. */
  peaks: PeakCurve;
  /** The same where a mini-batch runs stage by stage, by the name of the way it does. */
  staged: Map<string, PeakCurve>;
  /** The same of what is done once before the first step, where that is to be done: the rest of the network looks at each picture. */
  extraction?: PeakCurve;
  isOnFeatures?: boolean;
}

/** The same for runs of one subject. */
export const subjectKey = ({ spec, datasetFolder, startPath }: PlannedRun): string =>
  JSON.stringify([datasetFolder, startPath, stepSettings(spec)]);

/** As the run is made: a last layer is trained on what the rest saw of each picture. To be closed. @throws FailureError as the run would be refused */
export async function openSubject(asked: PlannedRun): Promise<Subject> {
  const whole = await openWholeSubject(asked);
  try {
    const { data, runtime, network } = whole;
    const { spec, datasetFolder } = asked;
    if (!mayHaveFeatures({ spec, data })) return whole;
    const weights = await firstWeights(network, spec, data.model, beginningOf(asked).model);
    const { name, version } = runtime.report;
    const { features } = await chooseFeatures({ network, weights, spec, data, datasetFolder, engine: `${name} ${version}` });
    return features ? onFeatures(whole, features) : whole;
  } catch (error) {
    await whole.data.close();
    throw error;
  }
}

/** The whole network at every step. To be closed. @throws FailureError as the run would be refused */
export async function openWholeSubject(asked: PlannedRun): Promise<Subject> {
  const { spec, datasetFolder } = asked;
  const data = await openTrainingData(datasetFolder, spec, spec.budgetBytes ?? defaultBudgetBytes());
  try {
    const network = buildNetwork(spec, data, beginningOf(asked).kept?.layers);
    const runtime = await loadEngineOf(spec, data, network);
    refuseFastMode(runtime, spec);
    return withPeaks({ data, runtime, network, optimizer: createOptimizer(spec.optimizer, spec) });
  } catch (error) {
    await data.close();
    throw error;
  }
}

/** What is known beforehand of a run whose data, engine and network are there; looked at when it is asked for. */
export function withPeaks(known: Pick<Subject, 'data' | 'runtime' | 'network' | 'optimizer'>): Subject {
  const { data, runtime, network, optimizer } = known;
  const look = lookAtShapes(runtime, network, optimizer, data.objective);
  return { ...known, peaks: new PeakCurve(look, data.train.length), staged: new Map() };
}

function onFeatures({ data, runtime, optimizer }: Subject, features: FeatureRun): Subject {
  const subject = withPeaks({ data: plannedFeatures(data, features), runtime, network: features.tail, optimizer });
  if (haveFeatures(features.place)) return { ...subject, isOnFeatures: true };
  const extraction = new PeakCurve(lookAtExtraction(runtime, features.frozen, optimizer), mostAtOnce(features));
  return { ...subject, isOnFeatures: true, extraction };
}
