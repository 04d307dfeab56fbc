// A run that was killed between its checkpoint and the word of it goes on from there.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hearOfCheckpoints } from '#main/unheard-checkpoints';
import { markInterrupted } from '#store/interrupted';
import { getRun } from '#store/run-detail';
import { recordRunEvent } from '#store/run-events';
import { openTestStore, startTestRun } from '#test/store/samples';
import { temporaryFolder } from './app';

test('the newest that lies there is the one it goes on from; what is unfinished is none, and what the history knows stays', () => {
  const [db, root] = [openTestStore(), temporaryFolder()];
  const lies = (id: string, ...names: string[]) => {
    startTestRun(db, id);
    db.run('UPDATE runs SET folder = @folder WHERE id = @id', { id, folder: `runs/${id}` });
    for (const name of names) mkdirSync(path.join(root, 'runs', id, 'checkpoints', name), { recursive: true });
  };
  lies('killed', 'step-000000004', 'step-000000012', 'step-000000020.unfinished');
  lies('early', 'step-000000002.unfinished');
  lies('bare');
  lies('known', 'step-000000009');
  recordRunEvent(db, 'known', { kind: 'checkpoint', step: 3, folder: 'c' });
  markInterrupted(db);
  // The control: the history alone would begin it again.
  expect(getRun(db, 'killed').begins).toBe(true);

  expect(hearOfCheckpoints(db, root)).toBe(1);
  expect(getRun(db, 'killed')).toMatchObject({ state: 'interrupted', resumable: true });
  expect(['killed', 'early', 'bare', 'known'].map((id) => getRun(db, id).begins)).toEqual([undefined, true, true, undefined]);
  expect(getRun(db, 'killed').events.at(-1)?.message).toBe('Checkpoint saved after step 12.');
  expect(hearOfCheckpoints(db, root)).toBe(0);
});
