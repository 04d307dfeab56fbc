// One press from nothing to a model to try: who watches is led there, who went on is told, and what was cancelled leads nowhere.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { AroundTrial, FirstTrial as State, trialSpec as Spec } from '#renderer/state/first-trial.svelte';
import type { WindowApi } from '#shared/contract';
import { defaultSpec } from '#shared/default-spec';
import { DEFAULT_PREFERENCES } from '#shared/preferences';
import { buildProgram } from '#test/support/build-program';
import { listedRun } from '#test/support/listed-run';

const KEPT = new Map<string, string>();
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => KEPT.get(key) ?? null,
  setItem: (key: string, value: string) => KEPT.set(key, value),
  removeItem: (key: string) => KEPT.delete(key),
});
beforeEach(() => KEPT.clear());

const built = buildProgram('src/renderer/state/first-trial.svelte.ts', 'first-trial-state', svelte({ configFile: false }));

async function trial({ imports = true } = {}) {
  const { FirstTrial, trialSpec } = (await import(pathToFileURL(await built).href)) as { FirstTrial: typeof State; trialSpec: typeof Spec };
  const did: string[] = [];
  const desk = {
    incoming: { busy: false, importSample: () => Promise.resolve(void did.push('imported')) },
    datasets: { newest: imports ? [{ id: 'd', sample: 'digits', kind: 'image-classes' }] : [] },
    history: { runs: [{ ...listedRun('r'), id: 'r', state: 'completed', hasModel: true }] },
    live: { active: false, begin: (id: string) => void did.push(`watches ${id}`) },
    preferences: { now: DEFAULT_PREFERENCES },
    route: { page: 'run', go: (...to: string[]) => void did.push(to.join('/')) },
    toasts: { sayWithLink: (text: string) => void did.push(text) },
    tryIt: { giveSample: (name: string) => Promise.resolve(void did.push(`gives ${name}`)) },
  };
  const api = { startRun: () => Promise.resolve({ ok: true as const, value: 'r' }) } as unknown as WindowApi;
  return { api, desk, did, FirstTrial, state: new FirstTrial(api, desk as unknown as AroundTrial), trialSpec };
}

it('imports, trains and leads to the model with pictures ready', async () => {
  const { api, desk, did, FirstTrial, state } = await trial();
  await state.begin();
  expect(did.splice(0)).toEqual(['data', 'imported', 'watches r', 'run']);
  state.ended('other');
  expect(did).toEqual([]);
  // Also in a window that was loaded anew meanwhile.
  const again = new FirstTrial(api, desk as unknown as AroundTrial);
  again.ended('r');
  expect(did).toEqual(['gives digits', 'model/r/try']);
  again.ended('r');
  expect(did).toHaveLength(2);
});

it('who looks at something else is told, and stays there', async () => {
  const { desk, did, state } = await trial();
  await state.begin();
  desk.route.page = 'history';
  did.splice(0);
  state.ended('r');
  expect(did).toEqual(['gives digits', 'Your first model is trained.']);
});

it('cancelled while it is imported nothing trains; paused it may end yet; without a model nothing is tried', async () => {
  const cancelled = await trial({ imports: false });
  await cancelled.state.begin();
  expect([cancelled.did, cancelled.state.runId]).toEqual([['data', 'imported'], undefined]);
  const { desk, did, state } = await trial();
  await state.begin();
  did.splice(0);
  desk.history.runs[0].state = 'paused';
  state.ended('r');
  expect([did, state.runId]).toEqual([[], 'r']);
  desk.history.runs[0] = { ...desk.history.runs[0], state: 'failed', hasModel: false };
  state.ended('r');
  expect([did, state.runId]).toEqual([[], undefined]);
});

it('is an untouched plan under what is set for the whole app', async () => {
  const { trialSpec } = await trial();
  expect(trialSpec(DEFAULT_PREFERENCES, undefined)).toEqual(defaultSpec('pictures'));
  const space = { freeMemoryBytes: 5e9, totalMemoryBytes: 8e9, freeDiskBytes: 1e9, dataFolder: '/' };
  expect(trialSpec({ ...DEFAULT_PREFERENCES, engine: 'wasm', leaveRoomBytes: 2e9 }, space)).toEqual({
    ...defaultSpec('pictures'),
    engine: 'wasm',
    budgetBytes: 3e9,
  });
});
