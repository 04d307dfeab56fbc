// Undo of a discard says where the run is: shown at once where nothing trains, else with a way to it.
import { expect, test } from 'vitest';
import { DiscardedRuns, type Around } from '#renderer/state/discarded-runs';
import { isUnfinished, runToShow } from '#renderer/state/unfinished-runs';
import type { RunSummary } from '#shared/run-record';

const run = (id: string, state: RunSummary['state'], resumable = true) => ({ id, name: `run ${id}`, state, resumable }) as RunSummary;

function undoing(isTraining: boolean) {
  const did: string[] = [];
  let undo: (() => void) | undefined;
  const around = {
    live: {
      active: isTraining,
      discard: () => Promise.resolve('a'),
      lookAt: (id: string) => Promise.resolve(void did.push(`looks at ${id}`)),
    },
    history: {
      runs: [run('a', 'paused')],
      hide: () => Promise.resolve(true),
      load: () => Promise.resolve(),
      restore: () => Promise.resolve(),
    },
    queue: { upNext: undefined },
    route: { go: (page: string) => did.push(`goes to ${page}`) },
    toasts: {
      say(message: string, given?: () => void) {
        did.push(message);
        undo ??= given;
      },
      sayWithLink: (message: string, { address }: { address: string }) => did.push(`${message} ${address}`),
    },
  };
  return { discarded: new DiscardedRuns(around as unknown as Around), did, undo: () => undo!() };
}

test('with nothing training it is shown as it is now', async () => {
  const { discarded, did, undo } = undoing(false);
  expect(await discarded.discard(run('a', 'paused'))).toBe(true);
  undo();
  await expect.poll(() => did).toEqual(['Discarded the run “run a”.', 'looks at a', 'goes to run', '“run a” is back, paused.']);
});

test('while another trains it is said where it lies, with a way there', async () => {
  const { discarded, did, undo } = undoing(true);
  await discarded.discardLive('run a');
  undo();
  await expect.poll(() => did).toHaveLength(2);
  expect(did[1]).toBe('“run a” is back in History, paused. It can go on when nothing else trains. #/history/a');
});

test('the newest unfinished run is shown, behind newer ones that ended too', () => {
  const runs = [run('c', 'completed', false), run('p', 'paused'), run('i', 'interrupted')];
  expect(runToShow(runs)?.id).toBe('p');
  expect(runs.filter(isUnfinished)).toHaveLength(2);
  expect(runToShow([run('s', 'stopped'), run('f', 'failed', false)])?.id).toBe('s');
  expect(runToShow([run('c', 'completed', false), run('s', 'stopped')])).toBeUndefined();
  expect(isUnfinished(run('i', 'interrupted', false))).toBe(false);
});
