// A forecast with the time that runs of the very settings took, which is truer than what was expected, beside what was measured.
import fs from 'node:fs';
import os from 'node:os';
import { isDisturbed } from '#shared/disturbance';
import { fits, type RunForecast } from '#shared/forecast';
import { machineOf } from '#shared/machine';
import { timingsOf, type Measurement } from '#shared/measurement';
import type { RunSpec } from '#shared/run-spec';
import { spanOfAll } from '#shared/time-span';
import type { Database } from '#store/database';
import { ranPace } from '#store/ran-pace';
import { version } from '../../package.json';

/** @param remembered what was measured of such runs */
export function timedForecast(
  db: Database,
  { datasetId, spec, remembered }: { datasetId: string; spec: RunSpec; remembered: readonly Measurement[] },
  forecast: RunForecast,
): RunForecast {
  const { asked, basis, engine, table } = forecast;
  const ran = ranPace(db, { datasetId, spec, machine: machineOf(os, fs), program: version }, forecast);
  if (!ran || !fits(asked)) return forecast;
  const measured = remembered.find((one) => one.engine === `${engine.name} ${engine.version}`);
  const isTimed = basis === 'measured' && measured !== undefined && timingsOf(measured).length > 0 && !isDisturbed(forecast);
  const { secondsPerEpoch } = asked;
  // Beside a run anything may have been at work, and a plan looks at a few epochs: both may come true again.
  const span = isTimed && secondsPerEpoch !== undefined ? spanOfAll([ran, { ...asked, secondsPerEpoch }]) : ran;
  const timed = { ...asked, secondsPerEpoch: span.secondsPerEpoch, timesApart: span.timesApart };
  return { ...forecast, asked: timed, table: table.map((row) => (row.batch === asked.batch ? timed : row)), ran };
}
