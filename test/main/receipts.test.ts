// The receipt of a run, saved where the person chooses: a page and JSON, which name no place on the computer; and what Check it found is in it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { WholeAndPieces } from '#shared/forecast';
import type { ReceiptDocument } from '#shared/receipt-document';
import { rememberCheck } from '#store/piece-checks';
import { changeSpec, saveReceipt } from '#store/runs';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

const PAGE: ReceiptDocument = {
  title: 'Receipt: digits',
  lead: 'Completed.',
  statement: { title: 'Identical', isSame: true, sentences: ['Only rounding differs.'] },
  parts: [{ title: 'Data', facts: [['Name', 'digits']] }],
  events: [],
};

async function appWithRun() {
  const app = startApp();
  const { ask, training } = app;
  const { id: datasetId } = await value(ask('importSample', 'digits'));
  const runId = await value(ask('startRun', datasetId, RUNS.completes));
  await eventually(() => training.runId).toBeUndefined();
  return { ...app, datasetId, runId };
}

test('a page and JSON are written where the person says, and nothing where they say nothing', async () => {
  const { ask, db, desktop, root, runId } = await appWithRun();
  expect(await value(ask('saveReceiptPage', runId, PAGE))).toBeNull();
  const { receipt } = await value(ask('getRun', runId));
  const reason = `could not be loaded: ${path.join(root, 'lib.so')}: no such file`;
  saveReceipt(db, runId, { ...receipt!, engine: { ...receipt!.engine, skipped: [{ name: 'wasm', reason }] } });
  // As the command line records what it started from.
  changeSpec(db, runId, { ...RUNS.completes, start: `model:${path.join(root, 'net', 'model.json')}` });

  desktop.saveAs = path.join(root, 'r.html');
  expect(await value(ask('saveReceiptPage', runId, PAGE))).toBe('r.html');
  const page = readFileSync(desktop.saveAs, 'utf8');
  expect(page).toContain('<h1>Receipt: digits</h1>');
  expect(page).toContain('weights of seed 1');

  desktop.saveAs = path.join(root, 'r.json');
  expect(await value(ask('saveReceiptJson', runId))).toBe('r.json');
  const text = readFileSync(desktop.saveAs, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    format: 1,
    state: 'completed',
    spec: { seed: 1, start: 'model:…/model.json' },
    plan: { micro: 32 },
    receipt: { weights: 'weights of seed 1' },
  });
  for (const saved of [page, text]) {
    expect(saved).toContain('lib.so');
    expect(saved).not.toContain(root);
  }

  desktop.saveAs = path.join(root, 'nowhere', 'r.json');
  expect(await ask('saveReceiptJson', runId)).toMatchObject({ ok: false });
});

test('what Check it found belongs to every run of those settings on that engine, whenever it was asked, and to no other', async () => {
  const { ask, datasetId, runId } = await appWithRun();
  expect((await value(ask('getRun', runId))).check).toBeUndefined();
  await value(ask('checkPieces', datasetId, { ...RUNS.completes, batch: 128 }));
  expect((await value(ask('getRun', runId))).check).toBeUndefined();
  // The run was made by the stand-in's one engine, which this is not.
  await value(ask('checkPieces', datasetId, { ...RUNS.completes, engine: 'wasm' }));
  expect((await value(ask('getRun', runId))).check).toBeUndefined();
  await value(ask('checkPieces', datasetId, { ...RUNS.completes, epochs: 99, engine: 'tensorflow-cpu' }));
  expect((await value(ask('getRun', runId))).check).toEqual({ samples: 256, engine: 'js 1' });
});

test('and a forecast of those settings says so, on that engine', async () => {
  const { ask, datasetId, db } = await appWithRun();
  const { engine } = await value(ask('forecastRun', datasetId, RUNS.completes));
  const found = { samples: 64, engine: `${engine.name} ${engine.version}` } as WholeAndPieces;
  expect((await value(ask('forecastRun', datasetId, RUNS.completes))).check).toBeUndefined();
  rememberCheck(db, datasetId, RUNS.completes, found);
  expect((await value(ask('forecastRun', datasetId, { ...RUNS.completes, epochs: 99 }))).check).toEqual(found);
  expect((await value(ask('forecastRun', datasetId, { ...RUNS.completes, batch: 128 }))).check).toBeUndefined();
});

test('a part of a curve is read in as many stretches as are asked for', async () => {
  const { ask, runId } = await appWithRun();
  const { steps } = await value(ask('readCurve', runId, { from: 2, to: 3 }));
  expect(steps.map(({ step }) => step)).toEqual([2, 3]);
  expect(await ask('readCurve', 'gone', {})).toMatchObject({ ok: false });
});

test('the end of a run is told when its receipt can be read', async () => {
  const { events, handlers, ask, datasetId } = await appWithRun();
  const heard: unknown[] = [];
  const push = events.push.bind(events);
  events.push = (...told) => {
    for (const each of told) if (each.kind === 'run' && each.event.kind === 'finished') heard.push(handlers.getRun(each.runId));
    return push(...told);
  };
  await value(ask('startRun', datasetId, RUNS.completes));
  await eventually(() => heard.length).toBe(1);
  expect(await heard[0]).toMatchObject({ receipt: { weights: 'weights of seed 1' } });
});

test('the other model of a run is kept, while which the run does not go on: receipt, row and a line say so; one without a model has none', async () => {
  const { ask, runId, datasetId, training } = await appWithRun();
  const [kept, ...meanwhile] = await Promise.all([
    ask('keepOtherModel', runId),
    ask('extendRun', runId, 1_000),
    ask('keepOtherModel', runId),
  ]);
  expect(kept).toMatchObject({ ok: true });
  for (const each of meanwhile)
    expect(each).toMatchObject({ ok: false, sentence: expect.stringContaining('The model of this run is being changed.') as string });
  expect(training.runId).toBeUndefined();
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({
    keptModel: { of: 'last step', epoch: 5 },
    receipt: { weights: runId },
    trainLoss: 0.125,
    validationLoss: 0.5,
    validationAccuracy: 0.75,
  });
  expect(run.events.at(-1)?.message).toBe('The last model, of epoch 5, is kept now instead of the best.');
  const fails = await value(ask('startRun', datasetId, RUNS.fails));
  await eventually(() => training.runId).toBeUndefined();
  expect(await ask('keepOtherModel', fails)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('no saved model yet') as string,
  });
});
