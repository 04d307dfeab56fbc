// Pictures given to a model: one is shown with its answer, many as a list; only what is asked for now is answered. The state as it is compiled for a
// page, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { TryIt as State } from '#renderer/state/try-it.svelte';
import type { PictureAnswer, PictureList } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let TryIt: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/try-it.svelte.ts', 'try-it-state', svelte({ configFile: false }));
  ({ TryIt } = (await import(pathToFileURL(built).href)) as { TryIt: typeof State });
});

const soon = () => new Promise((resolve) => setTimeout(resolve));
const cancelled = { ok: false, failure: { kind: 'cancelled' } };
const ok = <Value>(value: Value) => Promise.resolve({ ok: true, value } as const);
const listOf = (count: number, token = 'list'): PictureList => ({
  token,
  name: 'holiday',
  names: Array.from({ length: count }, (_, i) => `${i}.png`),
  passed: 0,
  problems: [],
});

/** Answers wait until they are given; what was asked is written down. */
function desk(lists: PictureList[]) {
  const asked: string[] = [];
  const questions: number[] = [];
  let tiles = 0;
  const waiting: ((answer: unknown) => void)[] = [];
  const later = () => new Promise<unknown>((resolve) => waiting.push(resolve));
  const api = {
    choosePictures: () => ok(lists.shift() ?? null),
    // Files have a place on the disk where there is a list for them.
    acceptPictures: () => {
      const list = lists.shift();
      return list ? ok(list) : Promise.resolve({ ok: false, failure: { kind: 'bad-setting', problem: 'This is no file.' }, sentence: '' });
    },
    readPictureTiles: () => (tiles++, ok([undefined])),
    askPicture: (run: string, { place, bytes }: { place?: number; bytes?: Uint8Array }) => (
      asked.push(`${run} ${place ?? `${bytes!.length} bytes`}`),
      later()
    ),
    askPictures: (run: string, list: string, question: number) => (questions.push(question), asked.push(`${run} all of ${list}`), later()),
    whereLooked: (run: string, { place }: { place: number }, label: string) => (asked.push(`${run} ${place} where ${label}`), later()),
    cancelAsking: (what: string) => (asked.push(`cancel ${what}`), ok(undefined)),
    leaveModel: () => (asked.push('leave'), ok(undefined)),
  } as unknown as WindowApi;
  const settle = async (answer: unknown) => {
    waiting.shift()!(answer);
    await soon();
  };
  const said = (label: string) => ({ ok: true, value: { classes: [{ label, probability: 1 }], seen: {} } });
  return { tryIt: new TryIt(api), asked, questions, tiles: () => tiles, settle, said };
}

test('one picture is asked about at once, and another model is asked about the same', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(1)]);
  await tryIt.turnTo('run-1');
  void tryIt.choose('pictures');
  await soon();
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
  const { tryIt, asked, settle, said, tiles } = desk([listOf(3)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  await settle(ok(undefined));
  const before = tiles();
  void tryIt.pick(0);
  void tryIt.pick(1);
  void tryIt.pick(2);
  await settle(cancelled);
  expect(tryIt.prediction).toBeUndefined();
  await settle(said('owl'));
  expect(tryIt.prediction?.classes[0].label).toBe('owl');
  expect(tryIt.picture?.name).toBe('2.png');
  expect(asked).toEqual(['run all of list', 'run 0', 'cancel picture', 'cancel picture', 'run 2']);
  // The list shows them: none is decoded once more.
  expect(tiles()).toBe(before);
});

test('answers to many are heard in order, of the question that is asked now; each is read once', async () => {
  const { tryIt, questions, settle } = desk([listOf(4)]);
  const { many } = tryIt;
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  const hear = (from: number, answers: PictureAnswer[], question = questions[0]) =>
    many.hear({ kind: 'answers', question, answers: { from, answers } });
  let reads = 0;
  const sure = (...shares: number[]): PictureAnswer => ({
    get shares() {
      reads++;
      return Float32Array.from(shares);
    },
  });
  hear(0, [sure(0.9, 0.1)]);
  hear(0, [sure(0.5, 0.5)], questions[0] - 1);
  hear(0, [sure(0.5, 0.5)], questions[0] + 1);
  hear(1, [sure(0.2, 0.8), Object.assign(sure(0.6, 0.4), { tiles: 6 })]);
  hear(3, [{ problem: 'Broken.' }]);
  expect(many.inParts).toBe(1);
  await settle(ok(undefined));
  expect(many.done).toBe(4);
  const readOnce = reads;
  expect(many.counts).toEqual({ 0: 2, 1: 1, problems: 1 });
  expect(many.shown).toEqual([0, 1, 2, 3]);
  many.unsureFirst = true;
  expect(many.shown).toEqual([2, 1, 0, 3]);
  many.part = 0;
  expect(many.shown).toEqual([2, 0]);
  many.part = 'problems';
  expect(many.shown).toEqual([3]);
  expect(reads).toBe(readOnce);
});

test('the list stands still while answers come in, and the picture looked at stays chosen wherever it is', async () => {
  const { tryIt, asked, questions, settle, said } = desk([listOf(3)]);
  const { many } = tryIt;
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  const hear = (from: number, share: number) =>
    many.hear({ kind: 'answers', question: questions[0], answers: { from, answers: [{ shares: Float32Array.of(share, 1 - share) }] } });
  const { shown } = many;
  hear(0, 0.9);
  // The same list, not an equal one: another would be scrolled to its top.
  expect(many.shown).toBe(shown);
  const looking = tryIt.pick(0);
  expect(many.selection).toMatchObject({ active: 0, chosen: new Set([0]) });
  many.unsureFirst = true;
  hear(1, 0.6);
  hear(2, 0.7);
  expect(many.shown).toEqual([1, 2, 0]);
  expect(many.selection).toMatchObject({ active: 2, chosen: new Set([0]) });
  await settle(ok(undefined));
  await settle(said('cat'));
  await looking;
  // The first row is another picture now, and asked about; the one that is answered is not asked again.
  void tryIt.pick(many.shown[0]);
  await settle(cancelled);
  void tryIt.pick(many.shown[0]);
  await settle(said('dog'));
  void tryIt.pick(many.shown[0]);
  expect(tryIt.picture?.name).toBe('1.png');
  expect(asked).toEqual(['run all of list', 'run 0', 'run 1', 'run 1']);
});

test('many asked again before the first question is back: its late answers are not taken for those of the second', async () => {
  const { tryIt, asked, questions, settle } = desk([listOf(2)]);
  const { many } = tryIt;
  await tryIt.turnTo('a');
  void tryIt.choose('pictures');
  await soon();
  void tryIt.turnTo('b');
  void tryIt.turnTo('a');
  await settle(cancelled);
  expect(asked).toEqual(['a all of list', 'cancel pictures', 'cancel pictures', 'a all of list']);
  expect(questions[1]).not.toBe(questions[0]);
  const answers = { from: 0, answers: [{ problem: 'Broken.' }] };
  many.hear({ kind: 'answers', question: questions[0], answers });
  expect(many.done).toBe(0);
  many.hear({ kind: 'answers', question: questions[1], answers });
  expect(many.done).toBe(1);
});

test('left before the answer came, it is asked again on return; left after it, it is not', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(1)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  tryIt.leave();
  await settle(cancelled);
  void tryIt.turnTo('run');
  await settle(said('cat'));
  expect(tryIt.prediction?.classes[0].label).toBe('cat');
  tryIt.leave();
  await tryIt.turnTo('run');
  expect(asked).toEqual(['run 0', 'leave', 'run 0', 'leave']);
});

test('left while many are asked or listed, nothing is asked until the page is back; what was given up stays so', async () => {
  const { tryIt, asked, settle } = desk([listOf(2), listOf(2, 'other')]);
  await tryIt.turnTo('a');
  void tryIt.choose('pictures');
  await soon();
  void tryIt.turnTo('b');
  tryIt.leave();
  await settle(cancelled);
  expect(asked).toEqual(['a all of list', 'cancel pictures', 'cancel pictures', 'leave']);
  void tryIt.turnTo('b');
  await soon();
  expect(asked.slice(4)).toEqual(['b all of list']);
  tryIt.many.cancel();
  await settle(cancelled);
  tryIt.leave();
  await tryIt.turnTo('b');
  void tryIt.choose('pictures');
  tryIt.leave();
  await soon();
  expect(asked.slice(5)).toEqual(['cancel pictures', 'leave', 'leave']);
  expect(tryIt.many.list?.token).toBe('other');
  void tryIt.turnTo('b');
  await soon();
  expect(asked.slice(8)).toEqual(['b all of other']);
});

test('left with a newer picture waiting, it is asked about on return only', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(3)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  await settle(ok(undefined));
  void tryIt.pick(0);
  void tryIt.pick(1);
  tryIt.leave();
  await settle(cancelled);
  expect(asked).toEqual(['run all of list', 'run 0', 'cancel picture', 'leave']);
  void tryIt.turnTo('run');
  await settle(said('owl'));
  expect(asked.slice(4)).toEqual(['run 1']);
  expect(tryIt.prediction?.classes[0].label).toBe('owl');
});

test('where the model looks in the next picture does not wait for the last one', async () => {
  const { tryIt, asked, settle, said } = desk([listOf(2)]);
  await tryIt.turnTo('run');
  void tryIt.choose('pictures');
  await soon();
  await settle(ok(undefined));
  void tryIt.pick(0);
  await settle(said('cat'));
  void tryIt.lookWhere();
  void tryIt.pick(1);
  expect(tryIt.where.isWaiting).toBe(false);
  void tryIt.where.look('run', { list: 'list', place: 1 }, 'dog');
  expect(tryIt.where.isWaiting).toBe(true);
  expect(asked.slice(2)).toEqual(['run 0 where cat', 'cancel where', 'run 1', 'cancel where']);
  await settle(cancelled);
  expect(asked.at(-1)).toBe('run 1 where dog');
  await settle(said('dog'));
  await settle(ok({ label: 'dog' }));
  expect(tryIt.where.found?.label).toBe('dog');
  expect(tryIt.where.isWaiting).toBe(false);
});

test('a picture without a place on the disk that is too large is refused before it is read', async () => {
  const { tryIt, asked } = desk([]);
  await tryIt.turnTo('run');
  const picture = new File([], 'huge.png', { type: 'image/png' });
  Object.defineProperty(picture, 'size', { value: 65 * 2 ** 20 });
  await tryIt.give([picture]);
  expect(tryIt.choosing.problem).toBe('This picture is larger than 64 MiB. Choose a smaller one.');
  expect(asked).toEqual([]);
});
