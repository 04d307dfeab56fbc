// A store in a temporary folder, and the smallest true values of what it keeps.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Database } from '#store/database';
import { addDataset, findDataset } from '#store/datasets';
import { closeStore, openStore } from '#store/open';
import { createRun } from '#store/runs';
import { manifest } from './sample-values';

export * from './sample-values';

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'overbatch-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openTestStore(file = path.join(temporaryFolder(), 'history.db')): Database {
  const db = openStore(file);
  onTestFinished(() => {
    try {
      closeStore(db);
    } catch {
      // Closed by the test itself.
    }
  });
  return db;
}

/** Of a data set of the app's own, as the window starts it. */
export function startTestRun(db: Database, id = 'run-1'): string {
  const datasetId = 'digits';
  if (!findDataset(db, manifest.contentHash)) addDataset(db, { id: datasetId, manifest, folder: 'datasets/digits', bytesOnDisk: 1_000 });
  createRun(db, { id, spec: DEFAULT_SPEC, folder: `runs/${id}`, datasetId, datasetName: 'digits' });
  return id;
}
