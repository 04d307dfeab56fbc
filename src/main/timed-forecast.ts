// A forecast with the time that a run of the very settings took, which is truer than what was expected, and than what was timed before it.
import fs from 'node:fs';
import os from 'node:os';
import { goesBefore } from '#shared/disturbance';
import { fits, type RunForecast } from '#shared/forecast';
import { machineOf } from '#shared/machine';
import type { Measurement } from '#shared/measurement';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import { ranPace } from '#store/ran-pace';
import { version } from '../../package.json';

/** @param remembered what was measured of such runs */
export function timedForecast(
  db: Database,
  { datasetId, spec, remembered }: { datasetId: string; spec: RunSpec; remembered: readonly Measurement[] },
  forecast: RunForecast,
): RunForecast {
  const { asked, engine, table } = forecast;
  const ran = ranPace(db, { datasetId, spec, processor: machineOf(os, fs).processor, program: version }, forecast);
  if (!ran || !fits(asked)) return forecast;
  const measured = remembered.find((one) => one.engine === `${engine.name} ${engine.version}`);
  if (measured && goesBefore({ at: measured.pacedAt, disturbed: measured.disturbed }, ran)) return forecast;
  const timed = { ...asked, secondsPerEpoch: ran.secondsPerEpoch, timesApart: undefined };
  return { ...forecast, asked: timed, table: table.map((row) => (row.batch === asked.batch ? timed : row)), ran };
}
