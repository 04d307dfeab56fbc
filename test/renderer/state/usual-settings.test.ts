// With another model the plan takes what is usual of it, wherever nobody chose otherwise.
import { expect, test } from 'vitest';
import { usualDraft, type Draft } from '#renderer/state/draft';
import { differsMore, withChoice } from '#renderer/state/usual-settings';

const start = { start: 'scratch', trains: 'head' } as const;
const usual = (model: Draft['model']) => usualDraft('classification', { model, ...start });

test('what was as usual is as usual of the new model; what was changed stays', () => {
  expect(withChoice(usual('mlp'), 'classification', { model: 'linear' })).toEqual(usual('linear'));
  const changed: Draft = { ...usual('mlp'), epochs: '7', more: { ...usual('mlp').more, dropout: 0.3 } };
  const next = withChoice(changed, 'classification', { model: 'linear' });
  expect(next).toEqual({ ...usual('linear'), epochs: '7', more: { ...usual('linear').more, dropout: 0.3 } });
  expect(withChoice(next, 'classification', { model: 'mlp' })).toEqual(changed);
});

test('a usual setting that was taken back stays so, and is told from one that is as usual', () => {
  const { more } = usual('mlp');
  expect(more.categories).toBe('embedded');
  const without: Draft = { ...usual('mlp'), more: { ...more, categories: undefined } };
  expect(differsMore('categories', without.more, more)).toBe(true);
  const back = withChoice(withChoice(without, 'classification', { trains: 'everything' }), 'classification', { trains: 'head' });
  expect(back.more.categories).toBeUndefined();
  expect(differsMore('dropout', without.more, more)).toBe(false);
});

test('a trained start has a learning rate of its own, until somebody types another', () => {
  const scratch = usualDraft('pictures', { model: 'efficientnet-lite0', ...start });
  const trained = withChoice(scratch, 'pictures', { start: 'imagenet', trains: 'everything' });
  expect(trained.learningRate).not.toBe(scratch.learningRate);
  const typed = withChoice({ ...scratch, learningRate: '0.02' }, 'pictures', { start: 'imagenet', trains: 'everything' });
  expect(typed.learningRate).toBe('0.02');
});
