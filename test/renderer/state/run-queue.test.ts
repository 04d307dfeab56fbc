// The queue as the window has it: added with the person's knowledge, taken back as it was, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { RunQueue as State } from '#renderer/state/run-queue.svelte';
import type { WindowApi } from '#shared/contract';
import type { QueuedRun } from '#shared/queue';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';

let RunQueue: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/run-queue.svelte.ts', 'run-queue-state', svelte({ configFile: false }));
  ({ RunQueue } = (await import(pathToFileURL(built).href)) as { RunQueue: typeof State });
});

const RUN: QueuedRun = { id: 'q', datasetId: 'd', datasetName: 'digits', spec: DEFAULT_SPEC, name: 'again', repeatOf: 'r' };
const GONE = { ok: false, failure: { kind: 'bad-setting', problem: 'It has begun.' }, sentence: 'It has begun.' };

const DONE = { ok: true, value: undefined };

function openQueue(removed: unknown = DONE, restored: unknown = DONE, queued: unknown = { ok: true, value: 'q' }) {
  const asked: string[] = [];
  const said: { message: string; undo?: () => void }[] = [];
  const answer = (question: string, given: unknown) => (id: string) => {
    asked.push(`${question} ${id}`);
    return Promise.resolve(given);
  };
  const api = {
    queueRun: answer('queueRun', queued),
    removeQueued: answer('removeQueued', removed),
    restoreQueued: answer('restoreQueued', restored),
  };
  const toasts = { say: (message: string, undo?: () => void) => said.push({ message, undo }) };
  const queue = new RunQueue(api as unknown as WindowApi, toasts as unknown as ConstructorParameters<typeof State>[1]);
  return { queue, asked, said };
}

test('a result that is not that of the batch is held back once, as Start does', async () => {
  const { queue, asked, said } = openQueue();
  const other = { ...DEFAULT_SPEC, batch: 64 };
  expect(await queue.add('d', DEFAULT_SPEC, { differs: true })).toBe(false);
  expect([queue.isHeldBack('d', DEFAULT_SPEC), queue.isHeldBack('d', other)]).toEqual([true, false]);
  expect(await queue.add('d', other, { differs: true })).toBe(false);
  expect(asked).toEqual([]);
  expect(await queue.add('d', other, { differs: true })).toBe(true);
  expect(await queue.add('d', DEFAULT_SPEC)).toBe(true);
  expect(asked).toEqual(['queueRun d', 'queueRun d']);
  expect(said[0].message).toMatch(/^Added to the queue on the Run page\. This one begins when/);
});

test('a double click adds one run, and a press later another; one that was refused is asked for again at once', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { queue, asked } = openQueue();
  expect(await Promise.all([queue.add('d', DEFAULT_SPEC), queue.add('d', DEFAULT_SPEC)])).toEqual([true, true]);
  expect(asked).toHaveLength(1);
  await queue.add('other', DEFAULT_SPEC);
  expect(asked).toHaveLength(2);
  vi.advanceTimersByTime(2_000);
  await queue.add('d', DEFAULT_SPEC);
  expect(asked).toHaveLength(3);

  const refused = openQueue(DONE, DONE, GONE);
  expect([await refused.queue.add('d', DEFAULT_SPEC), await refused.queue.add('d', DEFAULT_SPEC)]).toEqual([false, false]);
  expect(refused.asked).toHaveLength(2);
});

test('a removal is taken back as what it was; what has begun in the meantime is said', async () => {
  const { queue, asked, said } = openQueue();
  await queue.remove(RUN);
  said[0].undo!();
  await expect.poll(() => asked).toEqual(['removeQueued q', 'restoreQueued q']);

  const late = openQueue(GONE);
  await late.queue.remove(RUN);
  expect(late.said).toEqual([]);
  expect(late.queue.changing.problem).toBe('It has begun.');

  const full = openQueue(undefined, GONE);
  await full.queue.remove(RUN);
  full.said[0].undo!();
  await expect.poll(() => full.said.map(({ message }) => message)).toContain('It has begun.');
});
