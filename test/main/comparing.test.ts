// Runs compared for the window: those never judged are judged first, one that cannot be is said, and nothing is computed while one trains.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { addDataset } from '#store/datasets';
import { recordRunEvent } from '#store/run-events';
import { createRun } from '#store/runs';
import { finished, manifest } from '#test/store/samples';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

/** Three runs of the same data that completed, with other settings, and one of the command line without a model. */
function appWithRuns() {
  const app = startApp();
  const { db, folders } = app;
  addDataset(db, { id: 'digits', manifest, folder: 'datasets/digits', bytesOnDisk: 1_000 });
  for (const [id, epochs] of [
    ['baseline', 15],
    ['other', 30],
    ['third', 45],
  ] as const) {
    const folder = path.join(folders.runs, id);
    mkdirSync(folder, { recursive: true });
    createRun(db, { id, spec: { ...RUNS.completes, epochs }, folder, datasetId: 'digits', datasetName: 'digits' });
    recordRunEvent(db, id, { kind: 'saved', folder });
    recordRunEvent(db, id, finished('completed', 1));
  }
  createRun(db, { id: 'none', spec: RUNS.completes, folder: '/runs/none', datasetName: 'd' });
  const judged = () => app.events.flatMap((event) => (event.kind === 'evaluation-progress' ? [event.runId] : []));
  return { ...app, judged };
}

test('runs never judged are judged once, in order', async () => {
  const { ask, judged, processes } = appWithRuns();
  const compared = await value(ask('compareRuns', ['baseline', 'other'], 'validation'));
  expect(compared).toEqual({ baseline: 'baseline', others: [{ runId: 'other', samples: { kind: 'samples', samples: 2 } }] });
  expect(judged()).toEqual(['baseline', 'other']);
  expect(await value(ask('compareRuns', ['baseline', 'other'], 'validation'))).toEqual(compared);
  expect(judged()).toHaveLength(2);
  expect(await value(ask('disagreements', 'baseline', 'other', 'validation'))).toMatchObject({ counts: { otherBetter: 1 } });
  expect(await value(ask('comparedAnswers', ['baseline', 'other'], 'validation'))).toMatchObject({ runs: 2 });
  expect(await ask('disagreements', 'baseline', 'none', 'validation')).toMatchObject({ sentence: expect.stringMatching(/no saved model/) });
  await eventually(() => processes.alive).toBe(0);
});

test('a run without a model is named, and the others are compared; while one trains nothing is computed', async () => {
  const { ask, judged, tell, training } = appWithRuns();
  const { id: datasetId } = await value(ask('importSample', 'digits'));
  await value(ask('startRun', datasetId, RUNS.untilStopped));
  const busy = await value(ask('compareRuns', ['baseline', 'none', 'other'], 'validation'));
  expect(busy.others).toMatchObject([
    { runId: 'none', samples: { kind: 'refused', because: 'not-judged', run: 'other', problem: expect.stringMatching(/no saved model/) } },
    { runId: 'other', samples: { because: 'not-judged', run: 'baseline', problem: expect.stringMatching(/A run is training/) } },
  ]);
  expect(judged()).toEqual([]);
  await value(tell('stopRun'));
  await eventually(() => training.runId).toBeUndefined();
  // It is compared when that has ended (control).
  expect((await value(ask('compareRuns', ['baseline', 'other'], 'validation'))).others[0].samples.kind).toBe('samples');
  expect((await value(ask('compareRuns', ['none', 'other'], 'validation'))).others[0].samples).toMatchObject({ run: 'baseline' });
});

test('cancelled, it ends with its process; runs that are not there are said', async () => {
  const { ask, judged, processes } = appWithRuns();
  expect(await ask('compareRuns', ['baseline', 'gone'], 'test')).toMatchObject({ sentence: expect.stringMatching(/not in the history/) });
  const asked = ask('compareRuns', ['baseline', 'other'], 'test');
  await eventually(() => judged().length > 0).toBe(true);
  await value(ask('cancelComparison'));
  expect(await asked).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await eventually(() => processes.alive).toBe(0);
});

test('what they disagree on takes no place of a comparison, nor the other way round; each is cancelled by itself', async () => {
  const { ask, folders, processes } = appWithRuns();
  const [runs, hold] = [['baseline', 'other'], (what: string) => path.join(folders.runs, 'other', `hold ${what}`)];
  const compare = () => ask('compareRuns', runs, 'validation');
  const disagree = () => ask('disagreements', 'baseline', 'other', 'validation');
  await value(compare());
  for (const what of ['comparing', 'disagreeing']) writeFileSync(hold(what), '');
  const [compared, cancelled] = [compare(), disagree()];
  await eventually(() => processes.alive).toBe(2);
  await value(ask('cancelDisagreements'));
  expect(await cancelled).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const found = disagree();
  await eventually(() => processes.alive).toBe(2);
  rmSync(hold('comparing'));
  expect(await compared).toMatchObject({ ok: true });
  rmSync(hold('disagreeing'));
  expect(await found).toMatchObject({ ok: true });
  await eventually(() => processes.alive).toBe(0);
});

test('one that judges takes no place of what was asked since: the newer is answered, the older is cancelled', async () => {
  const { ask, folders, judged, processes } = appWithRuns();
  const compare = (other: string) => ask('compareRuns', ['baseline', other], 'validation');
  const hold = (run: string, what: string) => {
    const file = path.join(folders.runs, run, `hold ${what}`);
    writeFileSync(file, '');
    return () => rmSync(file);
  };
  await value(compare('other'));
  const [judge, goOn] = [hold('third', 'judging'), hold('other', 'comparing')];
  const older = compare('third');
  await eventually(() => judged().includes('third')).toBe(true);
  const newer = compare('other');
  await eventually(() => processes.alive).toBe(2);
  judge();
  expect(await older).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  goOn();
  expect(await newer).toMatchObject({ ok: true, value: { others: [{ samples: { kind: 'samples' } }] } });
  // Asked again, what was judged is kept.
  expect(await compare('third')).toMatchObject({ ok: true });
  expect(judged().filter((run) => run === 'third')).toHaveLength(1);
});
