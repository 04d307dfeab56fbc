// A forecast follows the settings: one question at a time, the newest settings next, a failure in a sentence, another device beside it.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test, vi } from 'vitest';
import type { Forecasting } from '#renderer/state/forecasting.svelte';
import type { WindowApi } from '#shared/contract';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';

interface Asked {
  spec: RunSpec;
  answer(value: unknown): void;
  fail(kind: 'cancelled' | 'bad-setting'): void;
}

/** @param attendedMilliseconds after a person's last change */
async function following(isTraining = () => false, attendedMilliseconds?: number) {
  const built = await buildProgram('src/renderer/state/forecasting.svelte.ts', 'forecasting-state', svelte({ configFile: false }));
  const { Forecasting: State } = (await import(pathToFileURL(built).href)) as { Forecasting: typeof Forecasting };
  const asked: Asked[] = [];
  let left = 0;
  const forecastRun = (_: string, spec: RunSpec) =>
    new Promise((resolve) => {
      asked.push({
        spec,
        answer: (value) => resolve({ ok: true, value }),
        fail: (kind) => resolve({ ok: false, failure: { kind, problem: 'No.' }, sentence: 'No.' }),
      });
    });
  const leaveForecast = () => (left++, Promise.resolve({ ok: true, value: undefined }));
  const state = new State({ forecastRun, leaveForecast } as unknown as WindowApi, isTraining, attendedMilliseconds);
  return { state, asked, left: () => left };
}

const batch = (size: number): RunSpec => ({ ...DEFAULT_SPEC, batch: size });
const questions = (asked: Asked[], count: number) => vi.waitFor(() => expect(asked).toHaveLength(count), { interval: 5 });

test('changes at once are one question; while it is open only the newest settings wait', async () => {
  const { state, asked } = await following();
  for (const size of [1, 2, 4]) state.follow('a', batch(size));
  await questions(asked, 1);
  expect(asked[0].spec.batch).toBe(4);
  for (const size of [8, 16]) state.follow('a', batch(size));
  asked[0].answer('four');
  await questions(asked, 2);
  expect(state.newest).toMatchObject({ forecast: 'four', spec: { batch: 4 } });
  expect(state.isFor({ datasetId: 'a', spec: batch(16) })).toBe(false);
  expect([4, 16].map((size) => state.isAbout({ datasetId: 'a', spec: batch(size) }))).toEqual([true, false]);
  // How long it trains changes nothing of what it needs.
  const others = [{ epochs: 1_000 }, { learningRate: 1 }, { dropout: 0.5 }, { budgetBytes: 1e9 }];
  expect(others.map((other) => state.isAbout({ datasetId: 'a', spec: { ...batch(4), ...other } }))).toEqual([true, true, false, false]);
  asked[1].answer('sixteen');
  await vi.waitFor(() => expect(state.isFor({ datasetId: 'a', spec: batch(16) })).toBe(true));
  state.follow('a', batch(16));
  state.leave();
  expect(asked.map(({ spec }) => spec.batch)).toEqual([4, 16]);
});

test('who waits until settings are counted goes on then, or when they will not be', async () => {
  const { state, asked } = await following();
  const gone: string[] = [];
  const wait = (name: string, size: number) =>
    void state.until({ datasetId: 'a', spec: batch(size) }).then(() => gone.push(`${name}, ${state.newest?.spec.batch}`));
  state.follow('a', batch(4));
  wait('counted', 4);
  await questions(asked, 1);
  expect(gone).toEqual([]);
  asked[0].answer('four');
  await vi.waitFor(() => expect(gone).toEqual(['counted, 4']));
  state.follow('a', batch(8));
  wait('changed', 8);
  state.follow('a', batch(16));
  await vi.waitFor(() => expect(gone).toContain('changed, 4'));
  wait('left', 16);
  state.leave();
  await vi.waitFor(() => expect(gone).toContain('left, 4'));
});

test('what the first answer did not wait for is asked once more, and shown until it comes', async () => {
  const { state, asked } = await following();
  state.follow('a', batch(1));
  await questions(asked, 1);
  asked[0].answer({ timeFollows: true });
  await questions(asked, 2);
  expect(state.newest).toMatchObject({ forecast: { timeFollows: true } });
  expect(asked[1].spec.batch).toBe(1);
  asked[1].answer({ detailFollows: true });
  await questions(asked, 3);
  asked[2].answer({ oneSampleBytes: 7 });
  await vi.waitFor(() => expect(state.newest?.forecast).toEqual({ oneSampleBytes: 7 }));
  state.leave();
  // The control: an answer that has it all is the last.
  expect(asked).toHaveLength(3);
});

test('a failure is a sentence; one that only gave way to another question is none', async () => {
  const { state, asked } = await following();
  state.follow('a', batch(1));
  await questions(asked, 1);
  asked[0].fail('bad-setting');
  await vi.waitFor(() => expect(state.newest?.problem).toBe('No.'));
  state.follow('a', batch(2));
  await questions(asked, 2);
  asked[1].fail('cancelled');
  state.follow('a', batch(3));
  await questions(asked, 3);
  expect(state.newest?.spec.batch).toBe(1);
});

test('another device is asked about after the plan itself, again for other settings, and not any more when it is forgotten', async () => {
  const { state, asked } = await following();
  state.follow('a', batch(1));
  state.imagine(6e9);
  await questions(asked, 1);
  expect(asked[0].spec.budgetBytes).toBeUndefined();
  asked[0].answer('here');
  await questions(asked, 2);
  expect(asked[1].spec.budgetBytes).toBe(6e9);
  asked[1].answer('there');
  await vi.waitFor(() => expect(state.elsewhere?.forecast).toBe('there'));
  state.follow('a', batch(2));
  await questions(asked, 3);
  asked[2].answer('here again');
  await questions(asked, 4);
  expect(asked[3].spec).toMatchObject({ batch: 2, budgetBytes: 6e9 });
  state.imagine(undefined);
  asked[3].answer('too late');
  await vi.waitFor(() => expect(state.newest?.forecast).toBe('here again'));
  expect(state.elsewhere).toBeUndefined();
});

test('where what is free is the budget, a notable change of it asks again; a small one, or a budget of one’s own, does not', async () => {
  const { state, asked, left } = await following();
  state.roomIs(4e9);
  state.follow('a', batch(1));
  await questions(asked, 1);
  asked[0].answer('much room');
  await vi.waitFor(() => expect(state.newest).toBeDefined());
  state.roomIs(3.9e9);
  state.roomIs(3e9);
  await questions(asked, 2);
  asked[1].answer('less room');
  await vi.waitFor(() => expect(state.newest?.forecast).toBe('less room'));
  state.follow('a', { ...batch(1), budgetBytes: 1e9 });
  await questions(asked, 3);
  asked[2].answer('my room');
  await vi.waitFor(() => expect(state.newest?.forecast).toBe('my room'));
  state.roomIs(1e9);
  state.leave();
  expect([asked.length, left()]).toEqual([3, 1]);
});

test('an answer that never comes, though its settings are still wanted, is asked for again; not for ever', async () => {
  const { state, asked } = await following();
  state.follow('a', batch(1));
  await questions(asked, 1);
  asked[0].fail('cancelled');
  await questions(asked, 2);
  asked[1].answer('after all');
  await vi.waitFor(() => expect(state.isFor({ datasetId: 'a', spec: batch(1) })).toBe(true));
  state.follow('a', batch(2));
  for (let count = 3; count <= 6; count++) {
    await questions(asked, count);
    asked[count - 1].fail('cancelled');
  }
  await vi.waitFor(() => expect(state.isStale).toBe(true));
  expect(asked).toHaveLength(6);
  // A person may ask again.
  state.again();
  await questions(asked, 7);
});

test('where nobody is there, or a run has the memory, more free memory only makes the answer old: a change by a person asks', async () => {
  let trains = false;
  for (const { state, asked } of [await following(() => trains), await following(undefined, 0)]) {
    trains = false;
    state.roomIs(4e9);
    state.follow('a', batch(1));
    await questions(asked, 1);
    asked[0].answer('much room');
    await vi.waitFor(() => expect(state.newest).toBeDefined());
    trains = true;
    state.roomIs(3e9);
    expect(state.isStale).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).toHaveLength(1);
    state.follow('a', batch(1));
    await questions(asked, 2);
    expect(state.isStale).toBe(false);
  }
});

test('when the page is opened again it is asked again: another engine may be there', async () => {
  const { state, asked } = await following();
  state.follow('a', batch(1));
  await questions(asked, 1);
  asked[0].answer('before');
  await vi.waitFor(() => expect(state.isFor({ datasetId: 'a', spec: batch(1) })).toBe(true));
  state.leave();
  expect(state.isFor({ datasetId: 'a', spec: batch(1) })).toBe(false);
  // Shown meanwhile, it is still about these settings.
  expect(state.isAbout({ datasetId: 'a', spec: batch(1) })).toBe(true);
  state.follow('a', batch(1));
  await questions(asked, 2);
  expect(state.newest?.forecast).toBe('before');
});
