// A history of before there were versions: every data set becomes the first version of its own series, its runs still know it.
import path from 'node:path';
import { expect, test } from 'vitest';
import { addDataset, getDataset, listDatasets, runsNeeding } from '#store/datasets';
import { connect } from '#store/driver';
import { migrate } from '#store/migrate';
import { MIGRATIONS } from '#store/migrations/index';
import { manifest, openTestStore, temporaryFolder } from './samples';

const BEFORE_VERSIONS = 2;

test('old data sets are first versions, and their next ones follow', () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const old = connect(file);
  migrate(old, MIGRATIONS.slice(0, BEFORE_VERSIONS));
  old.exec(`
    INSERT INTO datasets VALUES ('birds', 'Birds', '${'c'.repeat(64)}', 'datasets/birds', '["a","b"]', 8, 8, 3, 9, 0, 0, 5, '2026-01-01', NULL, NULL);
    INSERT INTO datasets VALUES ('gone', 'Gone', '${'d'.repeat(64)}', 'datasets/gone', '["a","b"]', 8, 8, 3, 9, 0, 0, 5, '2026-01-02', NULL, '2026-01-03');
    INSERT INTO runs (id, name, state, spec, dataset_id, dataset_name, folder, owner_pid, started_at, session_at)
      VALUES ('r', 'first run', 'completed', '{}', 'birds', 'Birds', 'runs/r', 1, '2026-01-01', '2026-01-01');`);
  old.close();
  const db = openTestStore(file);
  expect(listDatasets(db)).toMatchObject([{ id: 'birds', series: 'birds', version: 1 }]);
  expect(getDataset(db, 'gone').summary).toMatchObject({ series: 'gone', version: 1 });
  expect(runsNeeding(db, 'birds')).toEqual(['first run']);
  const difference = { added: 0, dropped: 1, relabelled: [], renamed: [], merged: [], leftClasses: [] };
  addDataset(db, { id: 'next', manifest, folder: 'x', bytesOnDisk: 1, next: { series: 'birds', difference } });
  expect(getDataset(db, 'next').summary).toMatchObject({ series: 'birds', version: 2 });
  expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
});
