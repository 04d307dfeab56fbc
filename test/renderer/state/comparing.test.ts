// What the Compare page knows: the newest question is the one that is answered, and repeats wait in the queue.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, it } from 'vitest';
import type { Comparing as State } from '#renderer/state/comparing.svelte';
import type { Toasts } from '#renderer/state/toasts.svelte';
import type { Answer, WindowApi } from '#shared/contract';
import type { Disagreements } from '#shared/comparison/comparison';
import { failureSentence, type Failure } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';
import { run } from '#test/support/window/run-things';

const NONE: Disagreements = {
  part: 'validation',
  labels: [],
  baselineBetter: [],
  otherBetter: [],
  counts: { baselineBetter: 0, otherBetter: 0 },
};

let Comparing: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/comparing.svelte.ts', 'comparing-state', svelte({ configFile: false }));
  ({ Comparing } = (await import(pathToFileURL(built).href)) as { Comparing: typeof State });
});

/** Answers a comparison when it is told to, or when it is cancelled. */
function slowMain() {
  const asked: string[][] = [];
  const said: string[] = [];
  const queued: number[] = [];
  const cancelled: string[] = [];
  let settle: (isCancelled: boolean) => void = () => undefined;
  const api = {
    getRun: (id: string) => Promise.resolve({ ok: true as const, value: run({ id }) }),
    compareRuns: (ids: string[]) => {
      asked.push(ids);
      return new Promise((resolve) => {
        settle = (isCancelled) =>
          resolve(
            isCancelled
              ? { ok: false, failure: { kind: 'cancelled' }, sentence: failureSentence({ kind: 'cancelled' }) }
              : { ok: true, value: { baseline: ids[0], others: [] } },
          );
      });
    },
    comparedAnswers: () => new Promise(() => {}),
    cancelComparedAnswers: () => {
      cancelled.push('answers');
      return Promise.resolve({ ok: true as const, value: undefined });
    },
    cancelComparison: () => {
      cancelled.push('comparison');
      settle(true);
      return Promise.resolve({ ok: true as const, value: undefined });
    },
    queueRun: (_dataset: string, { seed }: RunSpec) => {
      queued.push(seed);
      return Promise.resolve({ ok: true as const, value: 'q' });
    },
  };
  const toasts = { say: (text: string) => said.push(text) };
  const comparing = new Comparing(api as unknown as WindowApi, toasts as unknown as Toasts);
  return { comparing, asked, said, queued, cancelled, answer: () => settle(false) };
}

it('a question asked meanwhile takes the place of the one before', async () => {
  const { comparing, asked, answer } = slowMain();
  const first = comparing.open(['a', 'b']);
  const second = comparing.open(['b', 'a']);
  await expect
    .poll(() => asked)
    .toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
  answer();
  await Promise.all([first, second]);
  expect(comparing.comparison?.baseline).toBe('b');
  expect(comparing.runs.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(comparing.judging.problem).toBeUndefined();
});

it('is given up without a problem, and hears only of its own runs', async () => {
  const { comparing } = slowMain();
  const opening = comparing.open(['a', 'b']);
  comparing.hear('c', 'validation', 1, 2);
  expect(comparing.progress).toBeUndefined();
  comparing.hear('a', 'validation', 1, 2);
  expect(comparing.progress).toEqual({ runId: 'a', done: 1, total: 2 });
  await comparing.cancel();
  await opening;
  expect([comparing.comparison, comparing.judging.problem]).toEqual([undefined, undefined]);
});

it('the same runs again: what is told stays, by the part that was asked for, until it is told anew, and what is judged goes on', async () => {
  const { comparing, asked, cancelled, answer } = slowMain();
  const told = async (ended: Promise<void>, questions: number) => {
    await expect.poll(() => asked.length).toBe(questions);
    answer();
    await ended;
  };
  await told(comparing.follow(['a', 'b']), 1);
  await told(comparing.judgeBy('test'), 2);
  const again = [comparing.follow(['a', 'b']), comparing.follow(['a', 'b'])];
  expect([comparing.part, comparing.comparison?.baseline]).toEqual(['test', 'a']);
  await expect.poll(() => asked.length).toBe(3);
  answer();
  await told(
    Promise.all(again).then(() => {}),
    4,
  );
  expect([comparing.part, comparing.comparison?.baseline, cancelled]).toEqual(['test', 'a', []]);
  // Others, or the same in another visit, begin anew (control).
  const others = comparing.follow(['b', 'a']);
  expect([comparing.part, comparing.comparison]).toEqual(['validation', undefined]);
  await told(others, 5);
  await comparing.leave();
  await told(comparing.follow(['b', 'a']), 6);
});

it('left, it reads on for nobody', async () => {
  const { comparing, cancelled } = slowMain();
  void comparing.follow(['a', 'b']);
  void comparing.answers(['a', 'b']);
  await comparing.leave();
  expect(cancelled).toEqual(['comparison', 'answers']);
});

it('queues each of the runs, and says so once', async () => {
  const { comparing, queued, said } = slowMain();
  await comparing.queue([2, 3].map((seed) => ({ datasetId: 'digits', spec: { ...run().spec, seed } })));
  expect(queued).toEqual([2, 3]);
  expect(said).toEqual([expect.stringMatching(/^Added 2 runs to the queue/)]);
});

it('of several questions the newest alone is answered, however an older one ends; one that was cancelled is no problem', async () => {
  const answers: ((answer: Answer<Disagreements>) => void)[] = [];
  const api = { disagreements: () => new Promise((resolve) => answers.push(resolve)) };
  const comparing = new Comparing(api as unknown as WindowApi, {} as Toasts);
  const { disagreeing } = comparing;
  const found = (index: number): Disagreements => ({ ...NONE, baselineBetter: [{ index, baseline: 0, other: 1 }] });
  const asked = [comparing.disagree('a', 'b'), comparing.disagree('a', 'c')];
  answers[1]({ ok: true, value: found(2) });
  answers[0]({ ok: true, value: found(1) });
  await Promise.all(asked);
  expect([disagreeing.of('a c'), disagreeing.running, disagreeing.problem]).toEqual([found(2), false, undefined]);
  // It is no answer to what was asked before (control).
  expect(disagreeing.of('a b')).toBeUndefined();
  const fail = async (failure: Failure) => {
    const asking = comparing.disagree('a', 'b');
    expect([disagreeing.of('a b'), disagreeing.running]).toEqual([undefined, true]);
    answers.at(-1)!({ ok: false, failure, sentence: failureSentence(failure) });
    await asking;
    return [disagreeing.problem, disagreeing.running];
  };
  expect(await fail({ kind: 'bad-setting', problem: 'Compare them first.' })).toEqual(['Compare them first.', false]);
  expect(await fail({ kind: 'cancelled' })).toEqual([undefined, false]);
});
