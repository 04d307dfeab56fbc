// Settings and results as axes: numbers as numbers, words as places in order, and what is alike left out.
import { expect, it, vi } from 'vitest';
import { apart, axisScale, chosenAxes, endTexts, runAxes, scatterSummary } from '#renderer/words/run-axes';
import { run } from '#test/support/window/run-things';

const base = run();
const runs = [
  base,
  run({ spec: { ...base.spec, batch: 64, learningRate: 0.01, optimizer: 'sgd' }, micro: 64, validationAccuracy: 0.99, seconds: 30 }),
  run({ spec: { ...base.spec, batch: 1024, budgetBytes: 2e9 }, validationAccuracy: 0.91, seconds: 90 }),
];
const axis = (name: string) => runAxes(runs).find((each) => each.name === name)!;

it('numbers are numbers, whatever is said behind them; words have their places', () => {
  expect(axis('Batch')).toMatchObject({ kind: 'setting', values: [256, 64, 1024], texts: ['256', '64', '1,024'] });
  expect(axis('Learning rate').values).toEqual([0.005, 0.01, 0.005]);
  expect(axis('Optimizer').categories).toHaveLength(2);
  // A number among words is a name.
  expect(axis('Memory budget')).toMatchObject({ values: [0, 0, 1], categories: ['30.0 MB', '2.00 GB'] });
  expect(axis('Validation, right')).toMatchObject({ kind: 'result', values: [0.9778, 0.99, 0.91] });
});

it('shares and sizes are numbers also as a page writes them, with a space that no line ends at', async () => {
  vi.resetModules();
  vi.stubGlobal('document', {});
  const { runAxes: onPage } = await import('#renderer/words/run-axes');
  vi.unstubAllGlobals();
  vi.resetModules();
  const held = [0.3, 0.1, 0.2].map((validationShare) => run({ spec: { ...base.spec, validationShare } }));
  const share = onPage(held).find(({ name }) => name === 'Validation share')!;
  expect(share.texts).toEqual(['30.0\u00a0%', '10.0\u00a0%', '20.0\u00a0%']);
  expect(share).toMatchObject({ values: [30, 10, 20] });
});

it('leaves out what is alike: of runs that do not differ there is no axis', () => {
  expect(runAxes(runs).map(({ name }) => name)).not.toContain('Training loss');
  expect(runAxes([base, base, base])).toEqual([]);
});

it('no two axes have one name, though a setting and a result may be of the same thing', () => {
  const longer = run({ spec: { ...base.spec, epochs: 90 }, epochsDone: 90 });
  const names = runAxes([base, longer, base]).map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining(['Epochs', 'Epochs trained']));
});

it('side by side stand settings, the first result and what it cost', () => {
  expect(chosenAxes(runAxes(runs), 6).map(({ name }) => name)).toEqual([
    'Batch',
    'Memory budget',
    'Optimizer',
    'Validation, right',
    'Memory × time',
    'Time',
  ]);
});

it('reaches from the least to the most, which stand at its ends', () => {
  const up = axisScale(axis('Batch'), [100, 0]);
  expect([up(64), up(1024), up(544)]).toEqual([100, 0, 50]);
  expect(axisScale({ values: [3, 3] }, [0, 10])(3)).toBe(5);
  expect(endTexts(axis('Time'))).toEqual({ low: '30 s', high: '1 min 30 s' });
  expect(scatterSummary(axis('Learning rate'), axis('Validation, right'), ['A', 'B', 'C'])).toBe(
    'Validation, right against Learning rate: A 97.8 % at 0.005; B 99.0 % at 0.01; C 91.0 % at 0.005.',
  );
});

it('marks that would lie on each other stand apart', () => {
  const places = [
    { at: 5, value: 5 },
    { at: 6, value: 4 },
    { at: 50, value: 5 },
    { at: 5, value: 5 },
  ];
  expect(apart(places, 11)).toEqual([0, 11, 0, 22]);
});
