// Pictures given to a model: one is shown with its answer, many as a list; only what is asked for now is answered. The state as it is compiled for a
// page, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { TryIt as State } from '#renderer/state/try-it.svelte';
import type { PictureList } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let TryIt: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/try-it.svelte.ts', 'try-it-state', svelte({ configFile: false }));
  ({ TryIt } = (await import(pathToFileURL(built).href)) as { TryIt: typeof State });
});

const ok = <Value>(value: Value) => Promise.resolve({ ok: true, value } as const);
const listOf = (count: number, token = 'list'): PictureList => ({
  token,
  name: 'holiday',
  names: Array.from({ length: count }, (_, i) => `${i}.png`),
  passed: 0,
});

/** Answers wait until they are given; what was asked is written down. */
function desk(lists: PictureList[]) {
  const asked: string[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  const later = () => new Promise<unknown>((resolve) => waiting.push(resolve));
  const api = {
    choosePictures: () => ok(lists.shift() ?? null),
    // Files have a place on the disk where there is a list for them.
    acceptPictures: () => {
      const list = lists.shift();
      return list ? ok(list) : Promise.resolve({ ok: false, failure: { kind: 'bad-setting', problem: 'This is no file.' }, sentence: '' });
    },
    readPictureTiles: () => ok([undefined]),
    askPicture: (run: string, { place, bytes }: { place?: number; bytes?: Uint8Array }) => (
      asked.push(`${run} ${place ?? `${bytes!.length} bytes`}`),
      later()
    ),
    askPictures: (run: string, list: string) => (asked.push(`${run} all of ${list}`), later()),
    cancelAsking: (what: string) => (asked.push(`cancel ${what}`), ok(undefined)),
    leaveModel: () => (asked.push('leave'), ok(undefined)),
  } as unknown as WindowApi;
  const settle = async (answer: unknown) => {
    waiting.shift()!(answer);
    await new Promise((resolve) => setTimeout(resolve));
  };
  const said = (label: string) => ({ ok: true, value: { classes: [{ label, probability: 1 }], seen: {} } });
  return { tryIt: new TryIt(api), asked, settle, said, cancelled: { ok: false, failure: { kind: 'cancelled' } } };
}

test('one picture is asked about at once, and another model is asked about the same', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(1)]);
  await tryIt.turnTo('run-1');
  void tryIt.choose('pictures');
  await new Promise((resolve) => setTimeout(resolve));
  await settle(said('cat'));
  expect(tryIt.prediction?.classes[0].label).toBe('cat');
  expect(tryIt.many.list).toBeUndefined();
  void tryIt.turnTo('run-2');
  expect(tryIt.prediction).toBeUndefined();
  await settle(said('dog'));
  expect(tryIt.prediction?.classes[0].label).toBe('dog');
  expect(asked).toEqual(['run-1 0', 'run-2 0']);
});

test('a picture that has no place on the disk is asked about by its bytes; what is no picture is refused', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(1)]);
  await tryIt.turnTo('run');
  const picture = new File([new Uint8Array(5)], 'seen.png', { type: 'image/png' });
  const given = async (file: File) => {
    const giving = tryIt.give([file]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (tryIt.asking.running) await settle(said('cat'));
    await giving;
  };
  await given(picture);
  expect(tryIt.picture?.name).toBe('0.png');
  await given(picture);
  expect(tryIt.picture).toMatchObject({ name: 'seen.png', url: expect.stringMatching(/^blob:/) as string });
  await given(new File(['x'], 'notes.txt', { type: 'text/plain' }));
  expect(tryIt.choosing.problem).toBe('This is no file.');
  expect(asked).toEqual(['run 0', 'run 5 bytes']);
});

test('of many only the one chosen last is answered: the others are cancelled, or come too late', async () => {
  const { tryIt, asked, settle, said, cancelled } = desk([listOf(3)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await new Promise((resolve) => setTimeout(resolve));
  await settle(ok(undefined));
  void tryIt.pick(0);
  void tryIt.pick(1);
  void tryIt.pick(2);
  await settle(cancelled);
  expect(tryIt.prediction).toBeUndefined();
  await settle(said('owl'));
  expect(tryIt.prediction?.classes[0].label).toBe('owl');
  expect(tryIt.picture?.name).toBe('2.png');
  expect(asked).toEqual(['run all of list', 'run 0', 'cancel picture', 'cancel picture', 'run 2']);
});

test('answers to many are heard in order, of the model and pictures that are asked about now', async () => {
  const { tryIt, settle } = desk([listOf(4)]);
  const { many } = tryIt;
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await new Promise((resolve) => setTimeout(resolve));
  const hear = (from: number, shares: number[][], runId = 'run', listToken = 'list') =>
    many.hear({ kind: 'answers', runId, listToken, answers: { from, answers: shares.map((one) => ({ shares: Float32Array.from(one) })) } });
  hear(0, [[0.9, 0.1]]);
  hear(0, [[0.5, 0.5]], 'other');
  hear(0, [[0.5, 0.5]], 'run', 'other');
  hear(1, [
    [0.2, 0.8],
    [0.6, 0.4],
  ]);
  many.hear({ kind: 'answers', runId: 'run', listToken: 'list', answers: { from: 3, answers: [{ problem: 'Broken.' }] } });
  await settle(ok(undefined));
  expect(many.answers).toHaveLength(4);
  expect(many.counts).toEqual({ 0: 2, 1: 1, problems: 1 });
  expect(many.shown).toEqual([0, 1, 2, 3]);
  many.unsureFirst = true;
  expect(many.shown).toEqual([2, 1, 0, 3]);
  many.part = 0;
  expect(many.shown).toEqual([2, 0]);
  many.part = 'problems';
  expect(many.shown).toEqual([3]);
});

test('left before the answer came, it is asked again on return; left after it, it is not', async () => {
  const { tryIt, asked, settle, said, cancelled } = desk([listOf(1)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await new Promise((resolve) => setTimeout(resolve));
  tryIt.leave();
  await settle(cancelled);
  void tryIt.turnTo('run');
  await settle(said('cat'));
  expect(tryIt.prediction?.classes[0].label).toBe('cat');
  tryIt.leave();
  await tryIt.turnTo('run');
  expect(asked).toEqual(['run 0', 'leave', 'run 0', 'leave']);
});
