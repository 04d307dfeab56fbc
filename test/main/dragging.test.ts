// What is dragged out of the window: by a token what was saved, else a file that is gone when the app ends. The page names no path.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { COMPARED } from '#test/support/compared-document';
import { startApp, value } from './app';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

test('what was saved is dragged by its token; one that is gone, or was never given out, is told in a sentence', async () => {
  const app = startApp();
  const saved = path.join(app.root, 'digits.html');
  writeFileSync(saved, '<p>');
  const { token } = await value(app.ask('acceptDrop', saved));
  await value(app.ask('dragSaved', token));
  expect(app.desktop.dragged).toEqual([saved]);
  expect(await app.ask('dragSaved', '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f')).toMatchObject({ ok: false });
  rmSync(saved);
  const refused = { ok: false, sentence: 'digits.html is no longer there. Save it again.' };
  expect(await app.ask('dragSaved', token)).toMatchObject(refused);
  expect(app.desktop.dragged).toHaveLength(1);
});

test('a report and a picture are files of their own, called as they would be saved, until the app ends', async () => {
  const app = startApp();
  await value(app.ask('dragComparison', COMPARED, 'csv'));
  await value(app.ask('dragPicture', '../../Loss: a/b', PNG));
  await value(app.ask('dragPicture', '../../Loss: a/b', PNG));
  const [csv, picture, again] = app.desktop.dragged;
  expect([path.basename(picture), path.extname(csv)]).toEqual(['Loss a b.png', '.csv']);
  expect(path.dirname(again)).not.toBe(path.dirname(picture));
  expect(new Uint8Array(readFileSync(picture))).toEqual(PNG);
  expect(readFileSync(csv, 'utf8').split('\n').length).toBeGreaterThan(3);
  app.drags.clear();
  expect([csv, picture, again].map((file) => existsSync(path.dirname(file)))).toEqual([false, false, false]);
});
