// `train --repeat`: a finished run made again with its data, settings, engine and pieces; what differs is said, and at its end whether the weights do.
import fs, { existsSync, readFileSync, realpathSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { readManifest } from '#datasets/manifest';
import { FailureError } from '#shared/failure';
import { machineOf } from '#shared/machine';
import { cutOf } from '#shared/plan';
import { differences, keptAgain } from '#shared/repeat';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { startPathOf } from '#trainer/exports/run-again';
import { readReceipt } from '#trainer/receipt';
import type { RunRequest } from '#trainer/run-request';
import { readStart } from '#trainer/start-model';
import { version } from '../../package.json';
import { knownData } from './export';
import { prepareData, type PrepareOptions } from './prepare-data';
import type { TrainOptions } from './train-options';

export interface RepeatedRun {
  request: RunRequest;
  /** To be told every event: what is known only then is said. */
  hear(event: RunEvent): void;
}

/** @throws FailureError bad-model, bad-setting where the run, its data or its start are not there any more */
export async function repeatedRun(
  folder: string,
  outFolder: string,
  { data, given, reading }: TrainOptions,
  tools: PrepareOptions,
): Promise<RepeatedRun> {
  const before = resolve(folder);
  const receipt = readReceipt(before);
  if (existsSync(outFolder) && realpathSync(outFolder) === realpathSync(before))
    throw bad(
      'A run that is repeated needs a folder of its own: in this one it would replace the run it repeats. Choose another --out, or leave it out.',
    );
  const expectedHash = receipt.dataset.contentHash;
  const datasetFolder = data === undefined ? knownData(before) : await prepareData(data, outFolder, { ...tools, reading, expectedHash });
  if (datasetFolder === undefined || !existsSync(datasetFolder))
    throw bad('The data of this run are not where they were. Say where they are: --data FOLDER.');
  if ((await readManifest(datasetFolder)).contentHash !== expectedHash)
    throw bad('These are not the data this run learnt from. Say where those are: --data FOLDER.');
  const spec = { ...keptAgain(receipt.spec, receipt), engine: given.engine ?? receipt.engine.name };
  const startPath = startPathOf(spec.start, before);
  const startWeights = startPath === undefined ? undefined : readStart(spec.start, startPath)?.sha256;

  /** Known when the engine is loaded. */
  const compare = ({ engine, resumedAt }: RunEventOf<'started'>): void => {
    if (resumedAt !== undefined) return;
    const engineVersion = engine.name === receipt.engine.name ? engine.version : null;
    const now = { engineVersion, otherEngine: engine.name, overbatch: version, machine: machineOf(os, fs), startWeights };
    for (const sentence of differences({ spec: receipt.spec, engine: receipt.engine, receipt }, now)) tools.say(sentence);
  };
  return {
    request: { spec, datasetFolder, outFolder, cut: cutOf(receipt.plan), ...(startPath !== undefined && { startPath }) },
    hear(event) {
      if (event.kind === 'started') compare(event);
      if (event.kind === 'saved' && receipt.weights !== undefined) tools.say(compared(receipt, event.folder));
    },
  };
}

function compared({ weights }: Receipt, outFolder: string): string {
  const made = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  return made.weights === weights
    ? 'The weights are the same as those of the run it repeats, to the last bit.'
    : 'The weights are others than those of the run it repeats.';
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
