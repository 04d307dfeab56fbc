// Deleting the weights of several runs: those are told, and brought back, that had any.
import { expect, it } from 'vitest';
import { DeletedWeights, type AroundWeights } from '#renderer/state/deleted-weights';
import { hasWeights } from '#shared/run-weights';
import { listedRun } from '#test/support/listed-run';

function deleting(changed: string[]) {
  const said: { text: string; undo?: () => void }[] = [];
  const restored: string[][] = [];
  const around: AroundWeights = {
    history: {
      sizes: {},
      deleteWeights: () => Promise.resolve(changed),
      restoreWeights: (ids) => Promise.resolve(restored.push(ids) > 0),
    },
    live: { readAgain: () => Promise.resolve() },
    evaluations: { forget: () => {} },
    ended: { forget: () => {} },
    toasts: { say: (text, undo) => void said.push({ text, undo }) },
  };
  return { weights: new DeletedWeights(around), said, restored };
}

it('counts and brings back those that had any', async () => {
  const { weights, said, restored } = deleting(['1', '2']);
  await weights.delete(['1', '2', '3'].map((id) => listedRun(id)));
  expect(said[0].text).toBe('Deleted the weights of 2 runs; the history is kept.');
  said[0].undo!();
  expect(restored).toEqual([['1', '2']]);
  const one = deleting(['2']);
  await one.weights.delete([listedRun('1'), listedRun('2')]);
  expect(one.said[0].text).toMatch(/^Deleted the weights of “digits, batch 2”;/);
  const none = deleting([]);
  await none.weights.delete([listedRun('1')]);
  expect(none.said).toEqual([{ text: 'It has no weights.', undo: undefined }]);
});

it('a run that only begins again has none', () => {
  const without = { hasModel: false, extendable: false };
  expect(hasWeights(listedRun('1', { ...without, resumable: true, begins: true }))).toBe(false);
  expect(hasWeights(listedRun('1', { ...without, resumable: true }))).toBe(true);
});
