// The end of a run is told where its page does not show it: the last of a queue too, and none that nobody would see again.
import { expect, test } from 'vitest';
import { EndedRuns } from '#renderer/state/ended-runs';
import type { WindowApi } from '#shared/contract';
import type { RunEvent } from '#shared/run-event';
import type { RunDetail } from '#shared/run-record';
import { finished, started } from '#test/store/samples';

const run = { id: 'a', name: 'digits', state: 'completed', hasModel: true, epochsDone: 3, sort: 'pictures' } as RunDetail;
const DISCARDED: RunEvent = { kind: 'failed', failure: { kind: 'discarded' }, sentence: '' };

function around({ page = 'plan', shown = 'a', waits = false } = {}) {
  const said: string[] = [];
  const forgotten: string[] = [];
  const undos: (() => void)[] = [];
  const api = {
    getRun: () => Promise.resolve({ ok: true, value: run }),
    putBack: (id: string) => Promise.resolve({ ok: true, value: void said.push(`puts ${id} back`) }),
  };
  const ended = new EndedRuns(api as unknown as WindowApi, {
    live: { runId: shown, leave: () => {} },
    history: { load: () => Promise.resolve() },
    queue: { upNext: waits ? { id: 'q', datasetId: 'd', datasetName: 'digits', spec: started.spec } : undefined },
    route: { page: page as 'plan' },
    toasts: {
      say(message, undo, about, label) {
        said.push(`${message} (${about})${label ? ` [${label}]` : ''}`);
        if (undo) undos.push(undo);
      },
      sayWithLink: (message, { address }, about) => said.push(`${message} ${address} (${about})`),
      forget: (...subjects) => void forgotten.push(...subjects),
    },
  });
  return { ended, said, forgotten, undos };
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
    for (const message of said) expect(message).toBe('“digits” completed after 3 epochs. #/history/a (ended a)');
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
  expect(forgotten.slice(2)).toEqual(['ended a', 'kept a']);
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
  expect(said).toEqual(['“digits” was ended before its first step. (ended a) [Put it back]']);
  undos[0]();
  await settled();
  expect(said.slice(1)).toEqual(['puts a back', '“digits” is the next in the queue again. (ended a)']);
});
