// Questions about pictures as the window asks them: one process while the page is there, its end, many pictures told as they come, saved as a table.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PictureAnswer } from '#shared/asking';
import { ModelHost } from '#main/model-host';
import type { RowPrediction } from '#shared/prediction';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { eventually, startApp, temporaryFolder, value } from './app';
import { Processes, RUNS } from './processes';

const PICTURE = { bytes: new Uint8Array(3) };

async function appWithModel() {
  const app = startApp();
  const { ask, db, events, folders, root } = app;
  const { token } = await value(ask('acceptDrop', root));
  const { id } = await value(ask('importFolder', token, { width: 8, height: 8, channels: 1 }));
  const start = async (spec = RUNS.completes) => value(ask('startRun', id, { ...DEFAULT_SPEC, ...spec }));
  const runId = await start();
  await eventually(() => events.some((event) => event.kind === 'run' && event.event.kind === 'finished')).toBe(true);
  await eventually(() => app.training.runId).toBeUndefined();
  const model = { userDefinedMetadata: { labels: ['cat', 'dog'] } };
  writeFileSync(path.join(folders.runs, runId, 'model.json'), JSON.stringify(model));
  const pid = async () => (await value(ask('askPicture', runId, PICTURE))).classes[0].probability;
  return { ...app, db, runId, start, pid };
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('the model stays in one process while it is asked, and is gone when the page is left or a run starts', async () => {
  const { ask, pid, runId, start, tell } = await appWithModel();
  const first = await pid();
  expect(await pid()).toBe(first);
  expect(await ask('whereLooked', runId, PICTURE, 'cat')).toMatchObject({ ok: true, value: { label: 'cat' } });
  await value(ask('leaveModel'));
  await eventually(() => alive(first)).toBe(false);
  const second = await pid();
  expect(second).not.toBe(first);
  await start(RUNS.untilStopped);
  await eventually(() => alive(second)).toBe(false);
  const refused = {
    ok: false,
    sentence: 'A run is training, and the memory is its own. Pause it to ask a model now, or wait until it ends.',
  };
  const { token } = await value(ask('acceptPictures', ['/tmp/some']));
  expect(await ask('askPicture', runId, PICTURE)).toMatchObject(refused);
  expect(await ask('askPictures', runId, token, 0)).toMatchObject(refused);
  expect(await ask('whereLooked', runId, PICTURE, 'cat')).toMatchObject(refused);
  await value(tell('pauseRun'));
  expect(await pid()).toBeGreaterThan(0);
});

test('rows are asked about in one process; while a run trains, in one that ends with its answers', async () => {
  const { ask, runId, start } = await appWithModel();
  const row = async (x: string) => value(ask('predictRow', runId, { x }));
  // The stand-in says its own process.
  const isThere = (answer: RowPrediction): boolean => 'value' in answer && alive(answer.value);
  const first = await row('a');
  expect(first).toMatchObject({ target: 'a' });
  expect(await row('b')).toEqual({ ...first, target: 'b' });
  expect(isThere(first)).toBe(true);
  await start(RUNS.untilStopped);
  const beside = await row('c');
  expect(beside).toMatchObject({ target: 'c' });
  expect(beside).not.toEqual({ ...first, target: 'c' });
  await eventually(() => isThere(beside)).toBe(false);
  const both = await Promise.all([row('d'), row('e')]);
  expect(both.map(({ target }) => target)).toEqual(['d', 'e']);
});

test('one that is refused leaves the process as it is; what the page was left for is cancelled', async () => {
  const { ask, pid, runId, start, training } = await appWithModel();
  const first = await pid();
  const refused = await ask('askPicture', runId, { bytes: new Uint8Array(7) });
  expect(refused).toMatchObject({ ok: false, sentence: 'Seven.' });
  expect(await pid()).toBe(first);
  const { token } = await value(ask('acceptPictures', ['/tmp/some', '/tmp/more']));
  const asking = ask('askPictures', runId, token, 1);
  await value(ask('leaveModel'));
  expect(await asking).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const failed = await start(RUNS.fails);
  await eventually(() => training.runId).toBeUndefined();
  expect(await ask('askPicture', failed, PICTURE)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/no saved model/) as string,
  });
});

test('it ends by itself when nobody asks', async () => {
  const processes = new Processes();
  const host = new ModelHost(processes.fork, 20);
  await host.picture('/model', PICTURE);
  await eventually(() => processes.alive).toBe(0);
  await host.picture('/model', PICTURE);
  expect(processes.pids).toHaveLength(2);
  host.close();
});

test('many pictures are told as they are answered; the one that crashes the process is named, the others are answered', async () => {
  const processes = new Processes();
  const host = new ModelHost(processes.fork);
  const told: PictureAnswer[] = [];
  const files = ['a', 'b', 'crash', 'c', 'd'];
  await host.askMany('/model', files, ({ from, answers }) => {
    expect(from).toBe(told.length);
    told.push(...answers);
  });
  expect(told.map((answer) => ('problem' in answer ? answer.problem : 'answered'))).toEqual([
    'answered',
    'answered',
    'The program that reads pictures crashed at this one. Save it anew in another program.',
    'answered',
    'answered',
  ]);
  // One for the first crash, one for the second, which names it, one that goes on.
  expect(processes.pids).toHaveLength(3);
  host.close();
});

test('a single picture that ends the process is said to, and the next is answered', async () => {
  const processes = new Processes();
  const host = new ModelHost(processes.fork);
  await expect(host.picture('/model', { bytes: new Uint8Array(8) })).rejects.toMatchObject({
    failure: {
      kind: 'bad-setting',
      problem: expect.stringMatching(/^The program that reads pictures ended at this one \(it crashed/) as string,
    },
  });
  expect(await host.picture('/model', PICTURE)).toMatchObject({ classes: [{ label: 'model' }] });
  host.close();
});

test('a picture that hangs is given up when it is cancelled; one that only takes its time is waited for', async () => {
  const processes = new Processes();
  const host = new ModelHost(processes.fork, undefined, 300);
  await host.picture('/model', PICTURE);
  const hanging = host.picture('/model', { bytes: new Uint8Array(9) });
  host.cancel('picture');
  await expect(hanging).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  await host.picture('/model', PICTURE);
  expect(processes.pids).toHaveLength(2);
  // The control: it is heard of, long after the end.
  const many = host.askMany('/model', Array(100).fill('a'), () => {});
  const single = host.picture('/model', PICTURE);
  host.cancel('picture');
  await Promise.all([many, single.catch(() => undefined)]);
  expect(processes.pids).toHaveLength(2);
  host.close();
});

test('many are cancelled between two', async () => {
  const processes = new Processes();
  const host = new ModelHost(processes.fork);
  let told = 0;
  const asking = host.askMany('/model', Array(200).fill('a'), () => {
    if (++told === 3) host.cancel('pictures');
  });
  await expect(asking).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(told).toBeLessThan(200);
  expect(processes.pids).toHaveLength(1);
  host.close();
});

test('answers are saved as they were shown; a list that was not asked about has none, and one nobody gave is refused', async () => {
  const { ask, desktop, events, runId } = await appWithModel();
  desktop.chosen = '/tmp/holiday';
  const list = (await value(ask('choosePictureFolder')))!;
  expect(list).toMatchObject({ name: 'holiday', names: ['a', 'b'], passed: 1 });
  expect(JSON.stringify(list)).not.toContain('/tmp');
  expect(await ask('saveAnswers', list.token)).toMatchObject({ ok: false, sentence: expect.stringMatching(/not asked about/) as string });
  await value(ask('askPictures', runId, list.token, 7));
  const told = events.filter((event) => event.kind === 'answers');
  expect(told.map((event) => event.kind === 'answers' && [event.question, event.answers.from])).toEqual([
    [7, 0],
    [7, 1],
  ]);
  desktop.saveAs = path.join(temporaryFolder(), 'out.csv');
  expect(await value(ask('saveAnswers', list.token))).toBe('out.csv');
  expect(readFileSync(desktop.saveAs, 'utf8')).toBe(
    '\ufefffile,answer,probability,cat,dog,problem\r\na,dog,0.75,0.25,0.75,\r\nb,dog,0.75,0.25,0.75,\r\n',
  );
  const invented = '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
  expect(await ask('askPictures', runId, invented, 8)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/^Give the pictures again/) as string,
  });
  expect(await ask('askPicture', runId, { list: list.token, place: 2 })).toMatchObject({ ok: false });
});

test('what was not asked is said so where answers are saved, and a folder keeps its whole name', async () => {
  const { ask, desktop, runId } = await appWithModel();
  desktop.chosen = '/tmp/trip 2024.06';
  const list = (await value(ask('choosePictureFolder')))!;
  expect(list.name).toBe('trip 2024.06');
  const asking = ask('askPictures', runId, list.token, 1);
  await value(ask('cancelAsking', 'pictures'));
  expect(await asking).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  desktop.saveAs = path.join(temporaryFolder(), 'out.csv');
  await value(ask('saveAnswers', list.token));
  expect(readFileSync(desktop.saveAs, 'utf8')).toMatch(/\r\na,,,,,Not asked\.\r\nb,,,,,Not asked\.\r\n$/);
  expect(await ask('acceptPictures', ['/tmp/here', 'there'])).toMatchObject({
    ok: false,
    sentence: 'A dropped item is no file or folder on this computer. Drop the others alone.',
  });
});

test('a listing that takes long is cancelled', async () => {
  const { ask, desktop } = startApp();
  desktop.chosen = '/slow';
  const listing = ask('choosePictureFolder');
  await new Promise((resolve) => setTimeout(resolve));
  await value(ask('cancelAsking', 'listing'));
  expect(await listing).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
});

test('the camera may be used from a yes until the page is done with it, by our page, and never with sound', async () => {
  const { ask, camera, desktop } = startApp();
  const may = (permission = 'media', media = ['video'], isOurs = true) => camera.allows(permission, media, isOurs);
  expect(may()).toBe(false);
  expect(await value(ask('openCamera'))).toBe(false);
  expect(may()).toBe(false);
  desktop.says = true;
  expect(await value(ask('openCamera'))).toBe(true);
  expect(may()).toBe(true);
  expect(may('media', ['audio'])).toBe(false);
  expect(may('media', ['video', 'audio'])).toBe(false);
  expect(may('geolocation')).toBe(false);
  expect(may('media', ['video'], false)).toBe(false);
  await value(ask('closeCamera'));
  expect(may()).toBe(false);
  await value(ask('openCamera'));
  await value(ask('leaveModel'));
  expect(may()).toBe(false);
});
