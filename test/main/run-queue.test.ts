// Runs one after another: begun by themselves, in the order they stand in, held by a pause and by a restart.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftovers } from '#main/leftovers';
import type { RunSpec } from '#shared/run-spec';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';
import { appWithQueue } from './queue-app';

test('with nothing training it begins at once; behind a run it waits, and begins when that ends, however', async () => {
  const { add, waiting, startLong, runs, events, training, tell } = await appWithQueue();
  await startLong();
  await add(RUNS.fails);
  await add();
  expect(await waiting()).toHaveLength(2);
  expect(await runs()).toEqual(['running']);
  await value(tell('stopRun'));
  await eventually(runs).toEqual(['completed', 'failed', 'stopped']);
  expect(await waiting()).toEqual([]);
  expect(events.findLast((event) => event.kind === 'queue')).toEqual({ kind: 'queue', queue: { waiting: [] } });
  await eventually(() => training.runId).toBeUndefined();
  await add();
  await eventually(runs).toEqual(['completed', 'completed', 'failed', 'stopped']);
});

test('one that waits is told from the others by its name, and begins under it', async () => {
  const { ask, add, startLong, tell } = await appWithQueue();
  await startLong();
  const [{ name }] = await value(ask('listRuns'));
  const [again] = [await add(), await add()];
  const names = async () => (await value(ask('getQueue'))).waiting.map((run) => run.name);
  expect(await names()).toEqual([`${name} (2)`, `${name} (3)`]);
  await value(ask('removeQueued', again));
  await value(ask('restoreQueued', again));
  expect(await names()).toEqual([`${name} (3)`, `${name} (2)`]);
  await value(tell('stopRun'));
  await eventually(async () => (await value(ask('listRuns'))).map((run) => run.name)).toEqual([`${name} (2)`, `${name} (3)`, name]);
});

test('it is reordered and shortened; a step beyond either end changes nothing', async () => {
  const { ask, add, waiting, startLong } = await appWithQueue();
  await startLong();
  const [a, b, c] = [await add(), await add(), await add()];
  await value(ask('moveQueued', c, -1));
  expect(await waiting()).toEqual([a, c, b]);
  await value(ask('moveQueued', a, -1));
  await value(ask('moveQueued', b, 1));
  expect(await waiting()).toEqual([a, c, b]);
  await value(ask('removeQueued', c));
  expect(await waiting()).toEqual([a, b]);
});

test('a run that paused for want of room on the disk holds the queue: the next would fill it', async () => {
  const { ask, add, startLong, waiting, runs, tell } = await appWithQueue();
  await startLong();
  await add(RUNS.fillsDisk);
  const next = await add();
  await value(tell('stopRun'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toEqual({ why: 'paused' });
  expect(await runs()).toEqual(['paused', 'stopped']);
  expect(await waiting()).toEqual([next]);
});

test('a paused run holds the queue, and says so, until the person goes on', async () => {
  const { ask, add, startLong, runs, tell } = await appWithQueue();
  await startLong();
  await add();
  await value(tell('pauseRun'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toEqual({ why: 'paused' });
  expect(await runs()).toEqual(['paused']);
  await value(ask('continueQueue'));
  await eventually(runs).toEqual(['completed', 'paused']);
});

test('resumed, a paused run is what the queue waits for again', async () => {
  const { ask, add, startLong, runs, tell } = await appWithQueue();
  const runId = await startLong();
  await add();
  await value(tell('pauseRun'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toEqual({ why: 'paused' });
  await value(ask('resumeRun', runId));
  await eventually(async () => (await value(ask('getQueue'))).hold).toBeUndefined();
  await value(tell('stopRun'));
  await eventually(runs).toEqual(['completed', 'stopped']);
});

test('one that was begun by the queue and paused before its first step is not lost: it holds the queue, and begins when it is resumed', async () => {
  const { ask, add, root, startLong, runs, waiting, training, events, tell } = await appWithQueue();
  await startLong();
  await add(RUNS.plansLong);
  await add();
  await value(tell('stopRun'));
  await eventually(() => events.some(({ kind }) => kind === 'begun')).toBe(true);
  await value(tell('pauseRun'));
  expect(await runs()).toEqual(['paused', 'stopped']);
  await eventually(async () => (await value(ask('getQueue'))).hold).toEqual({ why: 'paused' });
  expect(await waiting()).toHaveLength(1);
  await eventually(() => training.runId).toBeUndefined();

  const again = startApp(root);
  const [{ id, resumable }] = await value(again.ask('listRuns'));
  expect(resumable).toBe(true);
  await value(again.ask('resumeRun', id));
  const stepped = () => again.events.some((event) => event.kind === 'run' && event.event.kind === 'checkpoint');
  await eventually(stepped).toBe(true);
  await value(again.tell('stopRun'));
  await eventually(async () => (await value(again.ask('listRuns'))).map(({ state }) => state)).toEqual(['completed', 'stopped', 'stopped']);
});

test('what is told a run that has ended reaches neither the moment between two nor the next one', async () => {
  const { ask, add, startLong, training } = await appWithQueue();
  const first = await startLong();
  await add(RUNS.untilStopped);
  const told: Promise<unknown>[] = [];
  training.onEvent((event) => {
    if (event === 'ended') told.push(ask('pauseRun', first));
  });
  expect(await value(ask('stopRun', first))).toBe(true);
  await eventually(() => training.runId).toBeDefined();
  const next = training.runId!;
  for (const question of ['stopRun', 'pauseRun', 'endRun'] as const) told.push(ask(question, first));
  expect(await Promise.all(told)).toEqual(Array(4).fill({ ok: true, value: false }));
  await eventually(async () => (await value(ask('getRun', next))).steps.length).toBeGreaterThan(3);
  // The control: told by its own name it hears.
  expect(await value(ask('stopRun', next))).toBe(true);
  expect(await value(ask('getRun', next))).toMatchObject({ state: 'stopped' });
});

test('what begins is told as soon as it has, before the run itself speaks', async () => {
  const { add, startLong, events, training, tell } = await appWithQueue();
  const first = await startLong();
  await add();
  await value(tell('stopRun'));
  await eventually(() => events.some(({ kind }) => kind === 'begun')).toBe(true);
  const begun = events.findIndex(({ kind }) => kind === 'begun');
  const { runId } = events[begun] as { runId: string };
  const of = (id: string) => events.flatMap((event, i) => (event.kind === 'run' && event.runId === id ? [i] : []));
  await eventually(() => training.runId).toBeUndefined();
  expect(begun).toBeGreaterThan(of(first).at(-1)!);
  expect(begun).toBeLessThan(of(runId)[0]);
});

test('after a restart a run that goes on takes the queue along; one that is only finished leaves it held', async () => {
  const first = await appWithQueue();
  const runId = await first.startLong();
  await first.add();
  await value(first.tell('pauseRun'));
  const { ask, training, tell } = startApp(first.root);
  const hold = async () => (await value(ask('getQueue'))).hold;
  const states = async () => (await value(ask('listRuns'))).map(({ state }) => state);
  await value(ask('finishRun', runId));
  await eventually(states).toEqual(['stopped']);
  await eventually(() => training.runId).toBeUndefined();
  expect(await hold()).toEqual({ why: 'restarted' });

  await value(ask('resumeRun', runId));
  expect(await hold()).toBeUndefined();
  await value(tell('stopRun'));
  await eventually(states).toEqual(['completed', 'stopped']);
});

test('a start that was quicker than the queue is waited for: nothing is held', async () => {
  const { ask, add, datasetId, startLong, runs, waiting, tell } = await appWithQueue();
  await startLong();
  await add();
  await value(tell('stopRun'));
  await value(ask('startRun', datasetId, RUNS.untilStopped));
  expect(await value(ask('getQueue'))).not.toHaveProperty('hold');
  expect(await waiting()).toHaveLength(1);
  await value(tell('stopRun'));
  await eventually(runs).toEqual(['completed', 'stopped', 'stopped']);
});

test('a run that ends before it has begun is not taken for the paused one before it', async () => {
  const { ask, add, startLong, runs, tell } = await appWithQueue();
  await startLong();
  await add(RUNS.failsUnbegun);
  await add();
  await value(tell('pauseRun'));
  await value(ask('continueQueue'));
  await eventually(runs).toEqual(['completed', 'failed', 'paused']);
});

test('one that cannot be started says why and is passed by; told to go on, it is tried again', async () => {
  const { ask, db, add, datasetId, startLong, runs, waiting, tell } = await appWithQueue();
  const gone = await value(ask('editDataset', datasetId, { relabel: [{ samples: [0], label: 'x' }] }));
  await startLong();
  const queued = await value(ask('queueRun', gone.id, RUNS.completes));
  await add();
  const folder = (to: string) => db.run(`UPDATE datasets SET folder = @to WHERE id = @id`, { id: gone.id, to });
  folder('datasets/gone');
  await value(tell('stopRun'));
  await eventually(runs).toEqual(['completed', 'stopped']);
  const problem = 'The data set “pictures” is not on the disk any more. Import the same data again, and it is back.';
  expect(await value(ask('getQueue'))).toMatchObject({ waiting: [{ id: queued, problem }], hold: { why: 'failed', problem } });

  // The control: while its data are gone it is tried in vain.
  await value(ask('continueQueue'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toMatchObject({ why: 'failed' });
  expect(await runs()).toEqual(['completed', 'stopped']);
  folder(`datasets/${gone.id}`);
  await value(ask('continueQueue'));
  await eventually(runs).toEqual(['completed', 'completed', 'stopped']);
  expect(await waiting()).toEqual([]);
});

test('taken back, a removal leaves the queue held, and the run what it was; what has begun is not removed', async () => {
  const { ask, add, startLong, waiting, training, tell } = await appWithQueue();
  const runId = await startLong();
  await value(ask('repeatRun', runId));
  const before = await value(ask('getQueue'));
  const [{ id }] = before.waiting;
  await value(tell('pauseRun'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toEqual({ why: 'paused' });
  await value(ask('removeQueued', id));
  await value(ask('restoreQueued', id));
  expect(await value(ask('getQueue'))).toEqual({ ...before, hold: { why: 'paused' } });
  expect(training.runId).toBeUndefined();
  expect(await ask('restoreQueued', id)).toMatchObject({ ok: false });

  await value(ask('removeQueued', id));
  const begun = await add();
  await eventually(waiting).toEqual([]);
  expect(await ask('removeQueued', begun)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/does not wait any more/) as string,
  });
});

test('after a restart it waits until it is told to go on', async () => {
  const first = await appWithQueue();
  await first.startLong();
  await first.add();
  await value(first.tell('pauseRun'));
  const again = startApp(first.root);
  expect(await value(again.ask('getQueue'))).toMatchObject({ waiting: [{ datasetName: 'digits' }], hold: { why: 'restarted' } });
  expect(again.training.runId).toBeUndefined();
  await value(again.ask('continueQueue'));
  await eventually(async () => (await value(again.ask('listRuns'))).map(({ state }) => state)).toEqual(['completed', 'paused']);
});

test('when no run that waits can begin, the queue is held with the reason; data that are gone are refused when it is added', async () => {
  const { ask, db, add, datasetId, startLong, tell } = await appWithQueue();
  await startLong();
  await add();
  db.run(`UPDATE datasets SET folder = 'datasets/gone' WHERE id = @datasetId`, { datasetId });
  await value(tell('stopRun'));
  await eventually(async () => (await value(ask('getQueue'))).hold).toMatchObject({ why: 'failed' });
  expect(await ask('queueRun', datasetId, RUNS.completes)).toMatchObject({ ok: false });
});

test('what a waiting run needs is not deleted, and what it starts from has to be there', async () => {
  const { ask, db, datasetId, startLong, folders, root } = await appWithQueue();
  const id = 'a'.repeat(32);
  const spec: RunSpec = { ...RUNS.completes, model: 'own', start: `model:${id}` };
  const second = await value(ask('editDataset', datasetId, { relabel: [{ samples: [0], label: 'x' }] }));
  await startLong();
  expect(await ask('queueRun', second.id, spec)).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(/gone from the disk/) as string,
  });
  const model = path.join(folders.models, id);
  mkdirSync(model, { recursive: true });
  writeFileSync(path.join(model, 'model.json'), '{}');
  const queued = await value(ask('queueRun', second.id, spec));

  const name = 'pictures, own model, batch 256';
  const refused = (what: string) => ({ ok: false, sentence: `The run “${name}” needs ${what}. Take it out of the queue first.` });
  expect(await value(ask('versionUse', second.id))).toMatchObject({ runs: [name] });
  expect(await ask('deleteVersion', second.id)).toMatchObject(refused('this version'));
  expect(await value(ask('modelUse', id))).toMatchObject({ runs: [name] });
  expect(await ask('deleteModel', id)).toMatchObject(refused('this model'));
  const folderOf = path.join(root, 'data', 'datasets', second.id);
  db.run('UPDATE datasets SET deleted_at = created_at WHERE id = @id', { id: second.id });
  await removeLeftovers(folders, db);
  expect(existsSync(folderOf)).toBe(true);
  await value(ask('removeQueued', queued));
  await removeLeftovers(folders, db);
  expect(existsSync(folderOf)).toBe(false);
});

test('a run that was ended before its first step is the next again under its name, and no run of the history any more', async () => {
  const { ask, add, startLong, runs, waiting, training, tell } = await appWithQueue();
  const long = await startLong();
  for (const spec of [RUNS.plansLong, RUNS.untilStopped, RUNS.completes]) await add(spec);
  const [{ name }, , last] = (await value(ask('getQueue'))).waiting;
  await value(tell('stopRun'));
  await eventually(() => training.runId !== undefined && training.runId !== long).toBe(true);
  const unbegun = training.runId!;
  await value(tell('stopRun'));
  await eventually(runs).toEqual(['running', 'stopped', 'stopped']);
  // The control: one that has come further stays where it is.
  expect(await ask('putBack', long)).toMatchObject({ ok: false });
  await value(ask('putBack', unbegun));
  expect(await ask('putBack', unbegun)).toMatchObject({ ok: false });
  expect((await value(ask('getQueue'))).waiting).toMatchObject([{ name, spec: RUNS.plansLong }, { id: last.id }]);
  expect(await runs()).toEqual(['running', 'stopped']);
  await value(tell('stopRun'));
  await eventually(async () => (await value(ask('listRuns')))[0]).toMatchObject({ name, state: 'running' });
  expect(await waiting()).toEqual([last.id]);
});
