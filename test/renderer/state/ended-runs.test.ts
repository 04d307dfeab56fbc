// The end of a run is told where no page shows it, all of them in one message: till it is seen, and a failure no shorter.
import { expect, test } from 'vitest';
import { EndedRuns } from '#renderer/state/ended-runs';
import type { WindowApi } from '#shared/contract';
import type { RunEvent } from '#shared/run-event';
import type { RunDetail } from '#shared/run-record';
import { finished, started } from '#test/store/samples';

const run = { id: 'a', name: 'digits', state: 'completed', hasModel: true, epochsDone: 3, sort: 'pictures' } as RunDetail;
const broken = { ...run, id: 'b', name: 'birds', state: 'failed', failure: 'The disk is full.' } as RunDetail;
const FAILED: RunEvent = { kind: 'failed', failure: { kind: 'disk-full', path: '' }, sentence: '' };
const DISCARDED: RunEvent = { kind: 'failed', failure: { kind: 'discarded' }, sentence: '' };

function around({ page = 'plan', shown = 'a', waits = false, until = undefined as string | undefined } = {}) {
  const said: string[] = [];
  const forgotten: string[] = [];
  const undos: (() => void)[] = [];
  const api = {
    getRun: (id: string) => Promise.resolve({ ok: true, value: id === 'b' ? broken : { ...run, id } }),
    putBack: (id: string) => Promise.resolve({ ok: true, value: void said.push(`puts ${id} back`) }),
  };
  const route = { page: page as 'plan' | 'history' | 'run', id: undefined as string | undefined };
  const known = { get: () => until, set: (at: string) => void (until = at) };
  const ended = new EndedRuns(
    api as unknown as WindowApi,
    {
      live: { runId: shown, leave: () => {} },
      history: { load: () => Promise.resolve() },
      queue: { upNext: waits ? { id: 'q', datasetId: 'd', datasetName: 'digits', spec: started.spec } : undefined },
      route,
      toasts: {
        has: (subject) => said.at(-1)?.endsWith(`(${subject})`) === true,
        say(message, undo, about, label) {
          said.push(`${message} (${about})${label ? ` [${label}]` : ''}`);
          if (undo) undos.push(undo);
        },
        sayWithLink: (message, { address }, about) => said.push(`${message} ${address} (${about})`),
        forget: (...subjects) => void forgotten.push(...subjects),
      },
    },
    known,
  );
  return { ended, said, forgotten, undos, route, known };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('elsewhere it is told with a way to it; on its own page only where the next would take that', async () => {
  for (const [where, count] of [
    [{}, 1],
    [{ page: 'run' }, 0],
    [{ page: 'run', waits: true }, 1],
    [{ page: 'run', shown: 'b' }, 1],
  ] as const) {
    const { ended, said } = around(where);
    ended.hear('a', finished('completed', 3));
    await settled();
    expect(said, JSON.stringify(where)).toHaveLength(count);
    for (const message of said) expect(message).toBe('“digits” completed after 3 epochs. #/history/a (ended runs)');
  }
});

test('a pause and a discard are no end; a run that goes on has not ended', async () => {
  const { ended, said, forgotten } = around();
  ended.hear('a', DISCARDED);
  ended.hear('a', { kind: 'paused', step: 3, seconds: 1 });
  await settled();
  // That it has started is not true any more.
  expect([said, forgotten]).toEqual([[], ['start of a', 'start of a']]);
  ended.hear('a', { ...started, resumedAt: 3 });
  expect(forgotten.slice(2)).toEqual(['kept a', 'unbegun a']);
});

test('a run that paused by itself is told of to whoever looks elsewhere', async () => {
  const paused: RunEvent = { kind: 'paused', step: 3, seconds: 1, why: { kind: 'disk-full', path: '/data' } };
  for (const [page, said] of [
    ['plan', ['“digits” was paused: there is too little room on the disk. #/run (unbegun a)']],
    ['run', []],
  ] as const) {
    const told = around({ page });
    told.ended.hear('a', paused);
    await settled();
    expect(told.said).toEqual(said);
  }
});

test('a run that was ended before its first step is told of wherever the person is, and is put back by a press', async () => {
  const { ended, said, undos } = around({ page: 'run' });
  const stopped: RunEvent = { kind: 'paused', step: 0, seconds: 0, byStop: true };
  // The control: what it has made is kept, and it can go on.
  ended.hear('a', { ...stopped, canGoOn: true });
  ended.hear('a', { kind: 'paused', step: 0, seconds: 0 });
  await settled();
  expect(said).toEqual([]);
  ended.hear('a', stopped);
  await settled();
  expect(said).toEqual(['“digits” was ended before its first step. (unbegun a) [Put it back]']);
  undos[0]();
  await settled();
  expect(said.slice(1)).toEqual(['puts a back', '“digits” is the next in the queue again. (unbegun a)']);
});

test('several are one message, which goes as they are seen; in the list an end is seen, and why one failed is not', async () => {
  const { ended, said, forgotten, route } = around({ shown: 'c' });
  const end = async (id: string) => (ended.hear(id, id === 'b' ? FAILED : finished('completed', 3)), settled());
  for (const id of ['a', 'b', 'c']) await end(id);
  expect(said.at(-1)).toBe('3 runs ended, 1 of them failed: “birds”. #/history (ended runs)');
  Object.assign(route, { page: 'history', id: 'a' });
  ended.moved();
  expect(said.at(-1)).toMatch(/^2 runs ended, 1 of them failed/);
  Object.assign(route, { page: 'run', id: undefined });
  ended.moved();
  expect(said.at(-1)).toBe('“birds” failed. The disk is full. #/history/b (ended runs)');
  // The control: what does not show it leaves it there.
  Object.assign(route, { page: 'plan' });
  ended.moved();
  expect(forgotten).not.toContain('ended runs');
  Object.assign(route, { page: 'history' });
  ended.moved();
  expect(forgotten).toContain('ended runs');
  await end('a');
  await end('b');
  expect(said.slice(-2)).toEqual([
    '“digits” completed after 3 epochs. (undefined)',
    '“birds” failed. The disk is full. #/history/b (ended runs)',
  ]);
});

test('told below the Run page, an end was seen there when that is left; why one failed was not', async () => {
  for (const [id, event, isSeen] of [
    ['a', finished('completed', 3), true],
    ['b', FAILED, false],
  ] as const) {
    const { ended, forgotten, route } = around({ page: 'run', shown: 'next' });
    ended.hear(id, event);
    await settled();
    Object.assign(route, { page: 'plan' });
    ended.moved();
    expect([id, forgotten.includes('ended runs')]).toEqual([id, isSeen]);
  }
});

test('what ended while no window was open is told when one opens, until it is seen; the first window ever knows of nothing before', () => {
  const at = (id: string, finishedAt: string, over: Partial<RunDetail> = {}) => ({ ...run, id, finishedAt, ...over });
  const runs = [
    at('d', '2026-11-30T05:00:00.000Z', { state: 'paused' }),
    at('c', '2026-11-30T04:00:00.000Z', { state: 'failed', name: 'birds' }),
    at('b', '2026-11-30T03:00:00.000Z'),
    at('a', '2026-11-29T20:00:00.000Z'),
  ];
  const first = around();
  first.ended.catchUp(runs);
  expect([first.said, first.known.get()]).toEqual([[], expect.any(String)]);

  const night = '2026-11-29T22:00:00.000Z';
  const opened = around({ until: night });
  // A run that begins meanwhile takes nothing away.
  opened.ended.hear('e', started);
  opened.ended.catchUp(runs);
  expect(opened.said).toEqual(['2 runs ended, 1 of them failed: “birds”. #/history (ended runs)']);
  // Reloaded before it was seen, it is told again.
  opened.ended.settle();
  expect(opened.known.get()).toBe(night);
  Object.assign(opened.route, { page: 'history' });
  opened.said.length = 0;
  opened.ended.moved();
  expect(opened.known.get()! > night).toBe(true);

  const inHistory = around({ page: 'history', until: night });
  inHistory.ended.catchUp(runs);
  expect([inHistory.said, inHistory.known.get()! > night]).toEqual([[], true]);
});
