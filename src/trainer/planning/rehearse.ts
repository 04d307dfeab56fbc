// The first epochs of a planned run made for real, by the code of the run itself, in a folder that is thrown away: of epochs that take some
// hundredths of a second, what comes between the steps is much, and the first ones are slow because programs are not fast yet.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import type { Plan } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import type { OpenData } from '../open-training-data';
import { trainAndSave } from '../train-and-save';

/** Where an epoch's pieces take longer, they are nearly all of it. */
const QUICK_SECONDS = 0.15;
const REHEARSED_MS = 1_000;
/** Fewer tell nothing, unless the run has no more. */
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

/** Seconds of each of the first epochs; none where its pieces tell enough of a plan, or where that cannot be done. It trains the weights. */
export async function rehearse(plan: Plan, given: Rehearsed): Promise<number[]> {
  if (plan.secondsPerEpoch > QUICK_SECONDS) return [];
  let outFolder: string | undefined;
  try {
    outFolder = mkdtempSync(join(tmpdir(), 'overbatch-rehearsal-'));
    const ends = await endsOfEpochs(plan, outFolder, given);
    return ends.length < Math.min(FEWEST_EPOCHS, given.spec.epochs) ? [] : ends.map((end, i) => end - (ends[i - 1] ?? 0));
  } catch {
    return [];
  } finally {
    given.data.expect?.([]);
    if (outFolder) rmSync(outFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function endsOfEpochs(plan: Plan, outFolder: string, { spec, datasetFolder, ...made }: Rehearsed): Promise<number[]> {
  // A run that ends early has its first epochs all the same.
  const request = { spec: { ...spec, patience: undefined, minEpochs: undefined }, datasetFolder, outFolder };
  const begin = performance.now();
  const ends: number[] = [];
  for await (const event of trainAndSave({ ...made, plan, request, stop: new AbortController().signal })) {
    // Cut otherwise than planned, it is another run.
    if (event.kind === 'recovered') return [];
    if (event.kind !== 'epoch') continue;
    ends.push(event.seconds);
    if (event.epoch >= spec.epochs || performance.now() - begin > REHEARSED_MS) break;
  }
  return ends;
}
