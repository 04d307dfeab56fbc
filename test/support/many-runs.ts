// A history of thousands of runs: a few that were recorded as a run says itself, and copies of them with names, ids, times and tags of their own.
import { mkdirSync } from 'node:fs';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, MODEL_NAMES } from '#shared/run-spec';
import type { Database } from '#store/database';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { createRun, saveReceipt } from '#store/runs';
import { epochEvent, finished, plan, progress, started, step } from '../store/samples';

const RECORDED = 20;
const EPOCHS = 15;

/** @param root the data folder */
export function manyRuns(root: string, count: number): void {
  mkdirSync(root, { recursive: true });
  const db = openStore(foldersIn(root).database);
  db.transaction(() => {
    for (let i = 0; i < RECORDED; i++) record(db, i);
    copy(db, count / RECORDED - 1);
  });
  closeStore(db);
}

function record(db: Database, i: number): void {
  const id = `recorded-${i}`;
  const spec = { ...DEFAULT_SPEC, model: MODEL_NAMES[i % 3], batch: 32 * (1 + (i % 5)), learningRate: 0.001 * (1 + i) };
  createRun(db, { id, spec, folder: `runs/${id}`, datasetName: ['digits', 'Garden birds', 'penguins'][i % 3] });
  recordRunEvent(db, id, { ...started, spec });
  recordRunEvent(db, id, { kind: 'planned', plan });
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    recordRunEvent(db, id, progress(step(epoch * 6)));
    recordRunEvent(db, id, epochEvent(epoch, epoch * 6));
  }
  recordRunEvent(db, id, { kind: 'saved', folder: `runs/${id}` });
  recordRunEvent(db, id, finished('completed', 10 + i));
  const { train, validation } = finished('completed', 1);
  // As long as a real one.
  const receipt = {
    spec,
    plan,
    dataset: started.dataset,
    engine: started.engine,
    final: { train, validation },
    seed: i,
    weights: 'a'.repeat(64),
  };
  saveReceipt(db, id, receipt as unknown as Receipt);
}

const CHANGED: Record<string, string> = {
  id: `id || '-' || n`,
  name: `name || ' (' || n || ')'`,
  started_at: `strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '-' || (n * 7) || ' minutes')`,
  validation_accuracy: `0.5 + (key * 7919 + n * 104729) % 1000 / 2000.0`,
  tags: `CASE n % 10 WHEN 0 THEN '["paper"]' WHEN 1 THEN '["baseline","paper"]' ELSE '[]' END`,
};

function copy(db: Database, times: number): void {
  const names = (table: string) => db.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => name);
  const columns = names('runs').filter((name) => name !== 'key');
  const numbers = `(WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${times}) SELECT n FROM number)`;
  db.run(
    `INSERT INTO runs (${columns.join(', ')}) SELECT ${columns.map((name) => CHANGED[name] ?? name).join(', ')} FROM runs, ${numbers}`,
  );
  const epochs = names('epochs').filter((name) => name !== 'run');
  db.run(`INSERT INTO epochs (run, ${epochs.join(', ')}) SELECT copies.key, ${epochs.map((name) => `epochs.${name}`).join(', ')}
    FROM runs AS copies JOIN runs AS firsts ON copies.id LIKE firsts.id || '-%' AND copies.folder = firsts.folder AND firsts.key <= ${RECORDED}
    JOIN epochs ON epochs.run = firsts.key`);
}
