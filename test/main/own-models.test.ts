// Models that a person took in, through the questions the window asks: only whole ones are listed, and one is deleted unless a run needs it.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ABOUT_OWN_MODEL, type OwnModel } from '#shared/own-model';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { createRun, deleteRun } from '#store/runs';
import { startApp, value } from './app';

const ID = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);

/** As taking it in leaves it. */
function taken(models: string, id: string): void {
  const about: OwnModel = { id, name: 'leaf-net', sha256: 'c'.repeat(64), model: 'own', inputShape: [8, 8, 1], outputs: 2, parameters: 3 };
  mkdirSync(path.join(models, id), { recursive: true });
  for (const [name, text] of [
    ['model.json', '{}'],
    ['weights.bin', 'x'.repeat(100)],
    [ABOUT_OWN_MODEL, JSON.stringify(about)],
  ])
    writeFileSync(path.join(models, id, name), text);
}

test('one that lost a file is not listed; one is deleted for good, unless a run in the history began with it', async () => {
  const { ask, db, folders } = startApp();
  for (const id of [ID, OTHER]) taken(folders.models, id);
  const listed = async () => (await value(ask('listModels'))).map(({ id }) => id).sort();
  expect(await listed()).toEqual([ID, OTHER]);
  rmSync(path.join(folders.models, OTHER, 'weights.bin'));
  expect(await listed()).toEqual([ID]);

  createRun(db, {
    id: 'r',
    spec: { ...DEFAULT_SPEC, model: 'own', start: `model:${ID}` },
    folder: 'r',
    datasetName: 'digits',
    name: 'my run',
  });
  const { runs, freesBytes } = await value(ask('modelUse', ID));
  expect(runs).toEqual(['my run']);
  expect(freesBytes).toBeGreaterThan(100);
  expect(await ask('deleteModel', ID)).toMatchObject({
    ok: false,
    sentence: 'The run “my run” needs this model. Delete it in the history first.',
  });
  expect(existsSync(path.join(folders.models, ID, 'weights.bin'))).toBe(true);

  db.run(`UPDATE runs SET state = 'completed'`, {});
  deleteRun(db, 'r');
  expect(await value(ask('deleteModel', ID))).toEqual({ freedBytes: freesBytes });
  expect(readdirSync(folders.models)).toEqual([OTHER]);
});

test('a name of a folder elsewhere deletes nothing', async () => {
  const { ask, folders } = startApp();
  taken(folders.models, ID);
  for (const id of ['..', '../datasets', `${ID}/..`, ID.toUpperCase()])
    expect(await ask('deleteModel', id)).toMatchObject({ ok: false, failure: { kind: 'bad-setting' } });
  expect(readdirSync(folders.models)).toEqual([ID]);
});
