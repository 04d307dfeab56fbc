// Remembers what the processes of runs held beside their training, by what decides it: the next plan of such a run says it beforehand.
import type { EngineReport } from '#shared/engine';
import type { MemoryReading } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import { rememberMeasurement } from '#store/measurements';
import { getRunRow } from '#store/runs';
import type { Log } from './log';
import { measuredOf } from './remembered-plans';
import type { Training } from './training';
import { whenFree } from './when-free';

interface Held {
  runId: string;
  /** The reading with the most beside training. */
  most: MemoryReading;
}

/** An engine keeps what its tensors once took, for the next ones. */
const beside = ({ rssBytes, peakBytes }: MemoryReading): number => rssBytes - peakBytes;

/** Of every run from now on. */
export function rememberProcesses(place: { db: Database; log: Log }, training: Training): void {
  let held: Held | undefined;
  training.onEvent((event) => {
    const { runId } = training;
    if (event === 'ended') {
      if (held) void rememberHeld(place, held);
      held = undefined;
    } else if (runId !== undefined && 'memory' in event) {
      const { memory } = event;
      const most = held?.runId === runId && beside(held.most) > beside(memory) ? held.most : memory;
      held = { runId, most };
    }
  });
}

/** A reading that cannot be kept is made again with the next run: no reason to fail. */
async function rememberHeld({ db, log }: { db: Database; log: Log }, { runId, most }: Held): Promise<void> {
  try {
    const { dataset_id, engine, spec } = getRunRow(db, runId);
    if (dataset_id === null || engine === null) return;
    const { name, version } = JSON.parse(engine) as EngineReport;
    // Memory of a graphics card is none of the process's.
    const ranBesideBytes = name === 'tensorflow-cuda' ? most.rssBytes : beside(most);
    if (ranBesideBytes <= 0) return;
    const measurement = { engine: `${name} ${version}`, points: [], ranBesideBytes, at: new Date().toISOString() };
    await whenFree(() => rememberMeasurement(db, measuredOf(db, dataset_id, JSON.parse(spec) as RunSpec), measurement));
  } catch (error) {
    log.error('measurements', error);
  }
}
