// A run of the history made ready to be made again: its data, its settings with the engine it ran on, and what differs here and now.
import fs from 'node:fs';
import os from 'node:os';
import type { EngineReport, EnginesAnswer } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { machineOf } from '#shared/machine';
import { differences, keptAgain } from '#shared/repeat';
import type { Receipt } from '#shared/run-event';
import { repeatedName } from '#shared/run-name';
import type { RunSpec } from '#shared/run-spec';
import { startRun } from '#shared/start-settings';
import { findDataset, getDataset } from '#store/datasets';
import { fromStored } from '#store/location';
import { findRunRow, getRunRow, parseEngine, parseReceipt, type RunRow } from '#store/runs';
import { version } from '../../package.json';
import type { Services } from './services';

export interface Repetition {
  datasetId: string;
  spec: RunSpec;
  name: string;
  /** A sentence each; none: it ends with the same weights. */
  differences: string[];
}

/** @throws FailureError bad-setting where its data or what it started from are gone */
export async function repetitionOf(services: Services, runId: string): Promise<Repetition> {
  const row = getRunRow(services.db, runId);
  const receipt = parseReceipt(row);
  const datasetId = dataOf(services, row, receipt);
  const asked = JSON.parse(row.spec) as RunSpec;
  const startWeights = weightsOfStart(services, asked);
  const engine = parseEngine(row);
  const engines = await services.engines.list();
  const engineVersion = engine ? versionHere(engines, engine) : null;
  return {
    datasetId,
    spec: { ...keptAgain(asked, receipt), ...(engine && { engine: engineVersion === null ? 'auto' : engine.name }) },
    name: repeatedName(row.name),
    differences: differences(
      { spec: asked, engine, receipt },
      { engineVersion, otherEngine: engines.report.name, overbatch: version, machine: machineOf(os, fs), startWeights },
    ),
  };
}

/** Of a run of the command line: the version with the same content. */
function dataOf({ db, folders }: Services, row: RunRow, receipt?: Receipt): string {
  const hash = receipt?.dataset?.contentHash;
  const id = row.dataset_id ?? (hash === undefined ? undefined : findDataset(db, hash)?.summary.id);
  if (id === undefined) throw bad('What this run learnt from is not among your data here. Import the same data, and it can be repeated.');
  if (!fs.existsSync(fromStored(folders.root, getDataset(db, id).folder)))
    throw bad('The data this run learnt from were deleted. Import the same data again, and it can be repeated.');
  return id;
}

function weightsOfStart({ db }: Services, { start }: RunSpec): string | undefined {
  const run = startRun(start);
  if (run === undefined) return undefined;
  const row = findRunRow(db, run);
  if (!row) throw bad('The run that this one started from is not in the history any more, so it cannot be repeated.');
  return parseReceipt(row)?.weights;
}

/** Of the engine, where it can be used on this computer. The two that ship are as old as the program. */
function versionHere({ report, native }: EnginesAnswer, { name, version: before }: EngineReport): string | null {
  if (report.name === name) return report.version;
  if (name === 'wasm' || name === 'js') return before;
  if (report.skipped.some((engine) => engine.name === name)) return null;
  const installed = native.find(({ kind }) => `tensorflow-${kind}` === name);
  return installed?.state === 'installed' && installed.problem === undefined ? (installed.version ?? null) : null;
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
