// The first epochs of a planned run made for real, by the code of the run itself, in a folder that is thrown away: of epochs that take some
// hundredths of a second, what comes between the steps is much, and the first ones are slow because programs are not fast yet.
import { tmpdir } from 'node:os';
import type { RehearsedEpoch } from '#engine/epoch-time';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import { failureSentence, toFailure } from '#shared/failure';
import type { Plan } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import type { OpenData } from '../open-training-data';
import { trainAndSave } from '../train-and-save';
import { makeThrownAway, removeThrownAway } from '../thrown-away';

/** Where an epoch's pieces take longer, they are nearly all of it. */
const QUICK_SECONDS = 0.15;
const REHEARSED_MS = 1_000;
/** Nobody waits longer, however few there are. */
const MOST_MS = 5_000;
/** Fewer tell nothing, also of a run that has no more: what is measured is remembered for longer ones. */
const FEWEST_EPOCHS = 6;

export interface Rehearsed {
  bench: Workbench;
  data: OpenData;
  runtime: Runtime;
  /** The network that would be saved. */
  whole: Network;
  spec: RunSpec;
  datasetFolder: string;
}

/** The first epochs; none where its pieces tell enough of a plan, or where that cannot be done. It trains the weights. */
export async function rehearse(plan: Plan, given: Rehearsed): Promise<RehearsedEpoch[]> {
  if (plan.secondsPerEpoch > QUICK_SECONDS) return [];
  let outFolder: string | undefined;
  try {
    outFolder = makeThrownAway('rehearsal');
    const epochs = await firstEpochs(plan, outFolder, given);
    return epochs.length < FEWEST_EPOCHS ? [] : epochs;
  } catch (error) {
    // The plan stands, and its parts tell how long an epoch takes.
    process.stderr.write(`The first epochs of a planned run could not be made. ${failureSentence(toFailure(error, tmpdir()))}\n`);
    return [];
  } finally {
    given.data.expect?.([]);
    if (outFolder !== undefined) removeThrownAway(outFolder);
  }
}

async function firstEpochs(plan: Plan, outFolder: string, { spec, datasetFolder, ...made }: Rehearsed): Promise<RehearsedEpoch[]> {
  const epochs = Math.max(FEWEST_EPOCHS, spec.epochs);
  // A run that ends early has its first epochs all the same.
  const request = { spec: { ...spec, epochs, patience: undefined, minEpochs: undefined }, datasetFolder, outFolder };
  const begin = performance.now();
  const rehearsed: RehearsedEpoch[] = [];
  let steps: number[] = [];
  let ended = 0;
  for await (const event of trainAndSave({ ...made, plan, request, stop: new AbortController().signal })) {
    // Cut otherwise than planned, it is another run.
    if (event.kind === 'recovered') return [];
    if (event.kind === 'progress') steps.push(...event.steps.map(({ seconds }) => seconds));
    if (event.kind !== 'epoch') continue;
    rehearsed.push({ seconds: event.seconds - ended, updates: steps.at(-1)! - steps[0] });
    [ended, steps] = [event.seconds, []];
    const most = rehearsed.length < FEWEST_EPOCHS ? MOST_MS : REHEARSED_MS;
    if (event.epoch >= epochs || performance.now() - begin > most) break;
  }
  return rehearsed;
}
