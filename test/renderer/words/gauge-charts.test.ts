// Memory and learning rate as charts: the budget where it can be drawn, sentences that need no picture.
import { expect, test } from 'vitest';
import { learningRates, memoryOverTime } from '#renderer/words/gauge-charts';
import { piecesAt, workingWords } from '#renderer/words/piece-words';
import { withGauges } from '#renderer/state/gauges';
import type { GaugePoint } from '#shared/gauges';

const gauges = (bytes: number[], rate: (i: number) => number = () => 0.01): GaugePoint[] =>
  bytes.map((memoryBytes, i) => ({ step: i + 1, memoryBytes, learningRate: rate(i) }));

test('a budget near the peak is a line; one far above it would press the curve flat and is told', () => {
  const near = memoryOverTime(gauges([3e6, 4e6, 3.5e6]), 6e6);
  expect(near.series.map(({ name, points }) => [name, points.map(({ y }) => y)])).toEqual([
    ['Each batch at its worst moment', [3e6, 4e6, 3.5e6]],
    ['You allow', [6e6, 6e6]],
  ]);
  expect(near.summary).toBe('A batch took at most 4.00 MB, 66.7 % of the 6.00 MB allowed. The latest took 3.50 MB.');
  expect([near.axes.y, near.axes.tickY(4e6)]).toEqual(['Memory (MB)', '4']);
  const far = memoryOverTime(gauges([4e6]), 16e9);
  expect(far.series).toHaveLength(1);
  expect(far.summary).toContain('of the 16.0 GB allowed');
});

test('of a long run the largest batch of each stretch is drawn: a short batch at each epoch’s end makes no block of it', () => {
  const bytes = Array.from({ length: 1_000 }, (_, i) => (i === 700 ? 3.5e6 : i % 2 === 0 ? 2.9e6 : 2.4e6));
  const [line] = memoryOverTime(gauges(bytes)).series;
  expect(line.points.length).toBeLessThan(10);
  expect(Math.min(...line.points.map(({ y }) => y))).toBe(2.9e6);
  expect(line.points).toContainEqual({ x: 701, y: 3.5e6 });
  expect([line.points[0].x, line.points.at(-1)!.x]).toEqual([1, 1_000]);
  // The control: few enough to be told apart are all drawn.
  expect(memoryOverTime(gauges(bytes.slice(0, 100))).series[0].points).toHaveLength(100);
});

test('runs of before that tell nothing of it say so', () => {
  for (const of of [memoryOverTime([{ step: 1 }]), learningRates([{ step: 1 }])])
    expect([of.series, of.summary]).toEqual([[], 'Shown once the first steps are done.']);
});

test('a rate that never changes is a line of two points; one that does is drawn where it does', () => {
  const constant = learningRates(gauges([1, 1, 1, 1]));
  expect(constant.series[0].points.map(({ x }) => x)).toEqual([1, 4]);
  expect(constant.summary).toBe('The learning rate is 0.01 in every step.');
  const stepped = learningRates(gauges([1, 1, 1, 1, 1, 1], (i) => (i < 3 ? 0.01 : 0.001)));
  expect(stepped.series[0].points.map(({ x, y }) => [x, y])).toEqual([
    [1, 0.01],
    [3, 0.01],
    [4, 0.001],
    [6, 0.001],
  ]);
  expect(stepped.summary).toBe('The learning rate is 0.001 now; it was between 0.001 and 0.01.');
});

test('a long run keeps few points, the peak, the extremes of the rate and the newest; repeated steps count once', () => {
  let points: GaugePoint[] = [];
  const rateOf = (step: number) => (step === 1_234 ? 0.5 : step === 2_345 ? 0.001 : 0.01);
  for (let step = 1; step <= 5_000; step++)
    points = withGauges(points, [{ step, memoryBytes: step === 777 ? 9 : 1, learningRate: rateOf(step) }], 100);
  expect(points.length).toBeLessThanOrEqual(100);
  expect(points.find(({ memoryBytes }) => memoryBytes === 9)?.step).toBe(777);
  expect(points.at(-1)?.step).toBe(5_000);
  expect(learningRates(points).summary).toBe('The learning rate is 0.01 now; it was between 0.001 and 0.5.');
  expect(withGauges([{ step: 1 }, { step: 2 }, { step: 3 }], [{ step: 2, memoryBytes: 5 }])).toEqual([
    { step: 1 },
    { step: 2, memoryBytes: 5, learningRate: undefined },
  ]);
});

test('which piece is worked, of a full mini-batch and of an epoch’s short last one', () => {
  const full = piecesAt([4, 4, 3], { step: 9, done: 4, samples: 11 });
  expect(full).toEqual({ pieces: [4, 4, 3], done: 1 });
  expect(workingWords(full, { step: 9, done: 4, samples: 11 })).toBe('Update 9: piece 2 of 3.');
  expect(piecesAt([4, 4, 3], { step: 9, done: 3, samples: 5 })).toEqual({ pieces: [3, 2], done: 1 });
  const all = { step: 9, done: 11, samples: 11 };
  expect(workingWords(piecesAt([4, 4, 3], all), all)).toBe('Update 9: all 3 pieces are worked.');
  const round = { ...all, pass: 1, passes: 6 };
  expect(workingWords(piecesAt([4, 4, 3], round), round)).toBe('Update 9: round 1 of 6, piece 3 of 3.');
});
