// Runs written into a history as the app writes them, one after the other, until the process is killed: writer.cjs <data folder> <pace> <way>.
// Before each event is written, what it holds is said on stdout.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EventRecord } from '#main/event-record';
import { openHistory } from '#main/history';
import { openLog } from '#main/log';
import { whenFree } from '#main/when-free';
import type { RunEvent, StepReading } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn, toStored } from '#store/location';
import { createRun } from '#store/runs';
import { epochEvent, finished, plan, progress, started } from '../../store/sample-values';
import type { Pace, Said, Way } from './said';

const [root, pace, way] = process.argv.slice(2) as [string, Pace, Way];

/** Ten times a second, as a run tells of its steps; or without a pause, so that a kill nearly always meets a write. */
const PAUSES: Record<Pace, number> = { real: 100, fast: 0 };
const STEPS_AT_ONCE = 20;
const EVENTS_AN_EPOCH = 3;
const EPOCHS = 3;
/** What is gathered so long is lost with the process. */
const GATHERED_MILLISECONDS = 3_000;

const folders = foldersIn(root);
const log = openLog(folders.logs);

async function main(): Promise<void> {
  const db = await openHistory(folders.database, { log, ask: () => Promise.reject(new Error('The history cannot be used.')) });
  if (!db) throw new Error('The history cannot be used.');
  const record = new EventRecord({ db, dataFolder: root, log, note: () => {} });
  const add = way === 'at once' ? (id: string, event: RunEvent) => record.add(id, event) : gathered(record);
  for (;;) await writeRun(db, add);
}

function gathered(record: EventRecord): (id: string, event: RunEvent) => void {
  let all: [id: string, event: RunEvent][] = [];
  let since = performance.now();
  return (id, event) => {
    all.push([id, event]);
    if (performance.now() - since < GATHERED_MILLISECONDS) return;
    for (const one of all) record.add(...one);
    all = [];
    since = performance.now();
  };
}

async function writeRun(db: Parameters<typeof createRun>[0], add: (id: string, event: RunEvent) => void): Promise<void> {
  const id = randomUUID();
  const folder = path.join(folders.runs, id);
  mkdirSync(folder, { recursive: true });
  const run = { id, spec: DEFAULT_SPEC, folder: toStored(root, folder), datasetName: 'digits' };
  await whenFree(() => createRun(db, run));
  let step = 0;
  const tell = (event: RunEvent): void => {
    say({ run: id, kind: event.kind, step, at: Date.now() });
    add(id, event);
  };
  tell(started);
  tell({ kind: 'planned', plan });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    for (let i = 0; i < EVENTS_AN_EPOCH; i++) {
      await wait(PAUSES[pace]);
      const steps = Array.from({ length: STEPS_AT_ONCE }, () => reading(++step, epoch));
      tell(progress(...steps));
    }
    tell(epochEvent(epoch, step));
    tell({ kind: 'checkpoint', step, folder: path.join(folder, 'checkpoints', String(step)) });
  }
  writeFileSync(
    path.join(folder, 'receipt.json'),
    JSON.stringify({ spec: DEFAULT_SPEC, plan, engine: started.engine, dataset: started.dataset }),
  );
  tell({ kind: 'saved', folder });
  tell(finished('completed', step / 100));
}

const reading = (step: number, epoch: number): StepReading => ({
  step,
  epoch,
  loss: 1 / step,
  accuracy: 0.5,
  samples: 256,
  seconds: step / 100,
  learningRate: 0.001,
  memoryBytes: 1e6 + step,
});

/** At once: what was said is known, whenever the process is killed. */
function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

void main();
