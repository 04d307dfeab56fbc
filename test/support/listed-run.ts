// A run as the history lists it, with as little as it can have.
import type { RunSummary } from '#shared/run-record';
import { DEFAULT_SPEC } from '#shared/run-spec';

export const listedRun = (id: string, also: Partial<RunSummary> = {}): RunSummary => ({
  id,
  name: `digits, batch ${id}`,
  state: 'completed',
  spec: DEFAULT_SPEC,
  datasetId: 'd',
  datasetName: 'digits',
  sort: 'pictures',
  startedAt: `2026-11-30T10:0${id.slice(0, 1)}:00.000Z`,
  epochsDone: 15,
  resumable: false,
  extendable: true,
  hasModel: true,
  ...also,
});
