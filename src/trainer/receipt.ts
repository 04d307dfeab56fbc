// receipt.json: what was asked for, with what it was done, and what it came to.
import fs, { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Workbench } from '#engine/mbp';
import { parameterCount, weightCount, type Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import { FailureError } from '#shared/failure';
import { machineOf, type Machine } from '#shared/machine';
import type { Plan } from '#shared/plan';
import { parseReceiptFile } from '#shared/receipt-file';
import type { Receipt } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import type { Session } from '#shared/session';
import type { OpenData } from './open-training-data';
import { versions } from './versions';

export interface Told {
  spec: RunSpec;
  plan: Plan;
  runtime: Runtime;
  data: OpenData;
  bench: Workbench;
  /** The network that is saved. */
  whole: Network;
}

type Outcome = Pick<
  Receipt,
  | 'reason'
  | 'endedEarly'
  | 'source'
  | 'startWeights'
  | 'extendedAfter'
  | 'recoveries'
  | 'madeBefore'
  | 'done'
  | 'model'
  | 'other'
  | 'weights'
  | 'testScoresBefore'
  | 'peakBytes'
  | 'final'
  | 'startedAt'
  | 'seconds'
> & {
  saved: { count: number; seconds: number };
};

const machine = (): Machine => machineOf(os, fs);

/** What makes the run now. */
export const sessionOf = ({ report: { name, version } }: Runtime): Session => ({ engine: { name, version }, machine: machine() });

/** How many it has, and how many of them it trains where that is not all. */
export function parametersOf(whole: Network): Pick<Receipt, 'parameters' | 'trained'> {
  const [parameters, trained] = [parameterCount(whole), weightCount(whole, true)];
  return { parameters, ...(trained < parameters && { trained }) };
}

export function receiptOf({ spec, plan, runtime, data, bench, whole }: Told, { saved, recoveries, seconds, ...outcome }: Outcome): Receipt {
  return {
    format: 1,
    spec,
    plan,
    engine: runtime.report,
    versions: versions(),
    machine: machine(),
    dataset: data.summary,
    ...parametersOf(whole),
    batch: plan.batch,
    microBatch: plan.micro,
    pieces: plan.pieces.length,
    budgetBytes: plan.budgetBytes,
    baselineBytes: bench.meter.baselineBytes,
    seed: spec.seed,
    ...outcome,
    ...(recoveries?.length ? { recoveries } : {}),
    checkpoints: { ...saved, share: saved.seconds / Math.max(1e-9, seconds) },
    finishedAt: new Date().toISOString(),
    seconds,
  };
}

/** @throws FailureError bad-model */
export function readReceipt(folder: string): Receipt {
  const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-model', path: folder, problem });
  const file = join(folder, 'receipt.json');
  if (!existsSync(file)) throw bad('there is no receipt.json in it, which says what it was trained on. Train the model again.');
  const receipt = parseReceiptFile(readFileSync(file, 'utf8'));
  if (!receipt) throw bad('its receipt.json is damaged. Train the model again, or restore the file.');
  return receipt;
}
