// The run in progress as the window hears it: pieces while a mini-batch takes long, a run that is discarded, and one that was left.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { LiveRun } from '#renderer/state/live-run.svelte';
import type { WindowApi } from '#shared/contract';
import type { RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { started } from '#test/store/samples';
import { buildProgram } from '#test/support/build-program';

let Live: typeof LiveRun;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/live-run.svelte.ts', 'live-run-state', svelte({ configFile: false }));
  ({ LiveRun: Live } = (await import(pathToFileURL(built).href)) as { LiveRun: typeof LiveRun });
});

const memory = { inUseBytes: 1, peakBytes: 2, rssBytes: 3 };
const progress = (...steps: number[]): RunEvent => ({
  kind: 'progress',
  steps: steps.map((step) => ({ step, epoch: 1, loss: 1, accuracy: 0.5, samples: 8, seconds: step })),
  samplesPerSecond: 1,
  secondsLeft: 1,
  memory,
});
const failed: RunEvent = { kind: 'failed', failure: { kind: 'discarded' }, sentence: 'It was discarded.' };

/** Of the run "a". @param discard what main answers */
function begun(discard: () => Promise<unknown> = () => Promise.resolve({ ok: true, value: undefined })) {
  const asked: string[] = [];
  const ended: string[] = [];
  const api = {
    discardRun: (id: string) => (asked.push(id), discard()),
    getRun: (id: string) => Promise.resolve({ ok: true, value: { id } }),
  };
  const live = new Live(api as unknown as WindowApi, (runId) => Promise.resolve(void ended.push(runId)));
  live.begin('a');
  live.hear('a', progress(1));
  return { live, asked, ended };
}

test('how far a mini-batch is stands there until its step is done, and is of the run that is shown', () => {
  const { live } = begun();
  live.hearPieces('b', { step: 2, done: 4, samples: 8 });
  expect(live.working).toBeUndefined();
  live.hearPieces('a', { step: 2, done: 8, samples: 8 });
  live.hear('a', { kind: 'checkpoint', step: 1, folder: '' });
  expect(live.working?.step).toBe(2);
  // Told late, an earlier step is not its end.
  live.hear('a', progress(1));
  expect(live.working?.step).toBe(2);
  live.hear('a', progress(2, 3));
  expect(live.working).toBeUndefined();
  live.hear('a', { kind: 'paused', step: 3, seconds: 1 });
  live.hearPieces('a', { step: 4, done: 4, samples: 8 });
  expect(live.working).toBeUndefined();
});

test('a discarded run is gone, whatever it says on its way out; the next one is heard', async () => {
  let answer: (value: unknown) => void = () => {};
  const { live, asked, ended } = begun(() => new Promise((resolve) => (answer = resolve)));
  const discarded = live.discard();
  live.hear('a', failed);
  expect([live.phase, live.events]).toEqual(['training', []]);
  // As where the queue goes on.
  live.hear('b', progress(1));
  answer({ ok: true, value: undefined });
  expect(await discarded).toBe('a');
  expect([asked, live.runId, live.phase, ended]).toEqual([['a'], 'b', 'training', []]);
});

test('that a run has ended is told of that run, also where the next has its place by then', async () => {
  const { live, ended } = begun();
  live.hear('a', { kind: 'paused', step: 1, seconds: 1 });
  live.begin('b');
  await expect.poll(() => ended).toEqual(['a']);
});

test('what is pressed is said of the run that is shown, and of none where none is', async () => {
  const told: string[] = [];
  const api = { pauseRun: (id: string) => Promise.resolve({ ok: true, value: told.push(id) > 1 }) };
  const live = new Live(api as unknown as WindowApi, () => Promise.resolve());
  await live.pause();
  expect(told).toEqual([]);
  live.begin('a');
  const pausing = live.pause();
  // It has ended meanwhile, and the next has its place.
  live.hear('b', progress(1));
  await pausing;
  expect([told, live.runId, live.phase]).toEqual([['a'], 'b', 'training']);
});

test('with nothing behind it, nothing is shown; nothing to discard is nothing', async () => {
  const { live } = begun();
  expect(await live.discard()).toBe('a');
  expect([live.runId, live.phase, live.active]).toEqual([undefined, 'none', false]);
  expect(await live.discard()).toBeUndefined();
});

test('a run that was left is shown as it was, and taken up only to be finished it does not train', async () => {
  const detail = { id: 'p', state: 'paused', spec: { epochs: 9 }, steps: [], epochs: [{ epoch: 1, step: 2 }], gauges: [], events: [] };
  const answer = (value: unknown) => Promise.resolve({ ok: true, value });
  const api = { getRun: () => answer(detail), finishRun: (id: string) => answer(id) };
  const live = new Live(api as unknown as WindowApi, () => Promise.resolve());
  await live.lookAt('p');
  expect(live).toMatchObject({ runId: 'p', phase: 'ended', active: false, totalSteps: 18, result: { state: 'paused' } });
  expect(await live.finish('p')).toBe(true);
  expect(live).toMatchObject({ phase: 'finishing', active: true });
  // What trains is not given up for one that is only looked at, nor left.
  await live.lookAt('p');
  live.leave('p');
  expect(live.phase).toBe('finishing');
  live.hear('p', { kind: 'paused', step: 3, seconds: 1 });
  live.leave('p');
  expect([live.runId, live.phase]).toEqual([undefined, 'none']);
});

test('what ends or pauses a run is dead for a while where another has taken the place of the one that was shown, also after a moment without any', async () => {
  const live = new Live({} as WindowApi, () => Promise.resolve(), 20);
  live.begin('a');
  // The first that is shown took nobody's place, and a reloaded one is the same.
  expect(live.isNew).toBe(false);
  live.begin('a');
  expect(live.isNew).toBe(false);
  live.phase = 'ended';
  live.leave('a');
  live.begin('b');
  expect(live.isNew).toBe(true);
  await expect.poll(() => live.isNew).toBe(false);
});

test('what a run is trained on is known from the history till it says so itself', () => {
  const { live } = begun();
  const run = { id: 'a', spec: DEFAULT_SPEC, sort: 'classification' } as const;
  live.know({ ...run, id: 'b' });
  expect(live.sort).toBe('pictures');
  live.know(run);
  expect([live.sort, live.spec]).toEqual(['classification', DEFAULT_SPEC]);
  live.hear('a', started);
  live.know(run);
  expect(live.sort).toBe('pictures');
});
