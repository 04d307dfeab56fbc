// A run that trains the last layer alone, on pictures that are not varied: what lies before it sees each picture once, and epochs take seconds.
import { fixed, locale, word } from '#shared/language';
import { fromFeatures, untilFeatures } from '#engine/features';
import { sizeOf } from '#engine/layers/layer';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { frozenEnd } from '#engine/trained-part';
import { isVaried } from '#shared/augment';
import type { Plan } from '#shared/plan';
import type { RunEvent } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import type { OpenData } from '../open-training-data';
import type { Tried } from '../largest-fitting';
import { extract, MOST_EXTRACTED, tryExtraction } from './extract';
import { canHaveFeatures, FeatureWriter, featureFileName, haveFeatures, type FeaturePlace } from './feature-file';

/** How often the making of features says how far it is. */
const SAY_EVERY_MS = 15_000;

export interface FeatureRun {
  /** Makes the features. */
  frozen: Network;
  /** Is trained on them. */
  tail: Network;
  place: FeaturePlace;
}

interface Asked {
  network: Network;
  weights: readonly Float32Array[];
  spec: RunSpec;
  data: OpenData;
  datasetFolder: string;
  /** Its name and version: two engines round differently. */
  engine: string;
}

/** Where they could be made, but have no place: every step runs the whole network then. */
export const NO_PLACE =
  'The folder of the data set is full or may not be written, so all of the model looks at the pictures in every step. With room to write there, epochs are quicker.';

/** Whether no step may need the pictures themselves. */
export const mayHaveFeatures = ({ spec, data }: Pick<Asked, 'spec' | 'data'>): boolean =>
  spec.trains === 'head' && !isVaried(spec.augment) && data.all !== undefined;

/** How such a run is made: on features where they are there or have a place, or not, and why. */
export async function chooseFeatures(asked: Asked): Promise<{ features?: FeatureRun; note?: string }> {
  const wanted = featureRun(asked);
  if (!wanted) return {};
  return (await canHaveFeatures(wanted.place)) ? { features: wanted } : { note: NO_PLACE };
}

/** Those that are there: a run that makes no step makes none, and judges with all of the model where it must. */
export function foundFeatures(asked: Asked): FeatureRun | undefined {
  const run = featureRun(asked);
  return run && haveFeatures(run.place) ? run : undefined;
}

function featureRun({ network, weights, spec, data, datasetFolder, engine }: Asked): FeatureRun | undefined {
  const end = frozenEnd(network);
  if (!mayHaveFeatures({ spec, data }) || !data.all || end === 0) return undefined;
  const [frozen, tail] = [untilFeatures(network, end), fromFeatures(network, end)];
  const file = featureFileName(frozen, weights, data.summary.contentHash, engine);
  return { frozen, tail, place: { folder: datasetFolder, file, count: data.all.count, width: sizeOf(tail.inputShape) } };
}

/**
 * What making the features needs; undefined where they are there already.
 * @param mostMicro samples at once: more have been the end of a training process
 * @throws FailureError out-of-memory where one picture does not fit
 */
export const tryFeatures = (bench: Workbench, run: FeatureRun, mostMicro?: number): Tried | undefined =>
  haveFeatures(run.place) ? undefined : tryExtraction(bench, run.frozen, mostAtOnce(run, mostMicro));

export const mostAtOnce = ({ place }: FeatureRun, mostMicro = MOST_EXTRACTED): number => Math.min(MOST_EXTRACTED, place.count, mostMicro);

/** The same, said before it is tried, so that whoever starts the process again knows how much was. `pause` is awaited then; what it throws ends it. */
export async function* prepareFeatures(
  bench: Workbench,
  run: FeatureRun,
  pause: () => Promise<void>,
  mostMicro?: number,
): AsyncGenerator<RunEvent, Tried | undefined> {
  if (haveFeatures(run.place)) return undefined;
  const message = `What stays as it is of the model looks at each of the ${picturesOf(run)} once, before training; epochs are quick then.`;
  yield { kind: 'note', message, micro: mostAtOnce(run, mostMicro) };
  await pause();
  return tryFeatures(bench, run, mostMicro);
}

const picturesOf = ({ place: { count } }: FeatureRun): string =>
  `${count.toLocaleString(locale)} ${count === 1 ? word('picture') : word('pictures')}`;

/** The plan with the making of the features before it, which may be what needs the most. */
export function withExtraction(planned: Plan, extraction: Tried | undefined, { place }: FeatureRun): Plan {
  if (!extraction) return { ...planned, onFeatures: true };
  const plan: Plan = { ...planned, onFeatures: true, secondsBefore: ((extraction.milliseconds / 1000) * place.count) / extraction.micro };
  const more = extraction.peakBytes - plan.peakBytes;
  if (more <= 0) return plan;
  const { peakBytes, wholeBatchBytes, memory } = plan;
  return {
    ...plan,
    peakBytes: peakBytes + more,
    wholeBatchBytes: Math.max(wholeBatchBytes, peakBytes + more),
    memory: { ...memory, activations: memory.activations + more },
  };
}

/** Makes the features, and says so. `pause` is awaited between pieces; what it throws ends it. */
export async function* makeFeatures(
  bench: Workbench,
  run: FeatureRun,
  data: OpenData,
  micro: number,
  pause: () => Promise<void>,
): AsyncGenerator<RunEvent, void> {
  const { frozen, place } = run;
  const { count } = place;
  yield { kind: 'note', message: `It looks at ${micro.toLocaleString(locale)} at once.`, micro };
  const all = picturesOf(run);
  const begin = performance.now();
  const writer = await FeatureWriter.begin(place);
  try {
    let said = begin;
    const first = writer.done;
    if (first > 0)
      yield { kind: 'note', message: `It goes on behind the first ${first.toLocaleString(locale)}, at which it has looked before.` };
    for await (const done of extract(bench, frozen, data, { first, count, micro }, (features) => writer.add(features), pause)) {
      if (performance.now() - said < SAY_EVERY_MS || done === count) continue;
      said = performance.now();
      yield { kind: 'note', message: `It has looked at ${done.toLocaleString(locale)} of the ${all}.` };
    }
    await writer.finish();
  } finally {
    writer.end();
  }
  yield { kind: 'note', message: `It has looked at the ${all}, which took ${fixed((performance.now() - begin) / 1000, 1)} seconds.` };
}
