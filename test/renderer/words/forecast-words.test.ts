// A forecast in words: what does not fit, the table of batch sizes, another device, and where figures come from.
import { expect, test } from 'vitest';
import {
  basisSentence,
  batchRows,
  elsewhereSentence,
  measuringSentence,
  slowerWords,
  tooLargeSentence,
} from '#renderer/words/forecast-words';
import type { BatchForecast } from '#shared/forecast';

const row: BatchForecast = {
  batch: 256,
  micro: 64,
  pieces: [64, 64, 64, 64],
  peakBytes: 1.7e9,
  wholeBatchBytes: 5.8e9,
  memory: { parameters: 1e6, accumulator: 1e6, optimizer: 2e6, activations: 1.696e9 },
  verdict: { kind: 'identical' },
  updatesPerEpoch: 6,
};
const none = { batch: 512, neededBytes: 3e9 };
const limits = { oneSampleBytes: 24e6, budgetBytes: 20e6 };

test('what does not fit says what it needs: one sample alone, or the piece that was asked for', () => {
  expect(tooLargeSentence({ batch: 8, neededBytes: 24e6 }, limits, 'pictures')).toBe(
    'Not even one picture fits: alone it needs about 24 MB; you allow 20.0 MB.',
  );
  expect(tooLargeSentence({ batch: 64, neededBytes: 3e8 }, { ...limits, budgetBytes: 1e8 }, 'regression', 64)).toBe(
    'A piece of 64 rows needs about 300 MB; you allow 100 MB. One row at a time needs 24.0 MB.',
  );
  // With a piece asked for, and yet not even one fits.
  expect(tooLargeSentence({ batch: 64, neededBytes: 3e8 }, limits, 'pictures', 64)).toMatch(/^Not even one picture/);
});

test('each batch size is a row: what it takes, or that it does not fit; the asked one is marked', () => {
  const whole = { ...row, batch: 64, pieces: [64], secondsPerEpoch: 200 };
  const table = { asked: row, table: [whole, row, none], basis: 'measured' as const, oneSampleBytes: 1e6, budgetBytes: 2e9 };
  const rows = batchRows(table, 'pictures');
  expect(rows.map(({ batch, isAsked }) => [batch, isAsked])).toEqual([
    [64, false],
    [256, true],
    [512, false],
  ]);
  expect(rows[0].cells).toEqual({ pieces: 'whole', peak: '1.70 GB', updates: '6', time: '3 min' });
  // What is counted alone has fewer digits.
  expect(batchRows({ ...table, basis: 'shapes' }, 'pictures')[0].cells?.peak).toBe('1.7 GB');
  expect(rows[1].cells).toMatchObject({ pieces: '4 × 64', time: '–' });
  expect(rows[2]).toEqual({ batch: 512, isAsked: false, needs: 'one picture alone needs 3.00 GB' });
  // Of a piece that was asked for, one picture is not what is too large.
  expect(batchRows(table, 'pictures', 64)[2].needs).toBe('64 pictures at once need 3.00 GB');
  expect(batchRows({ ...table, oneSampleBytes: 3e9 }, 'pictures', 64)[2].needs).toBe('one picture alone needs 3.00 GB');
});

test('another device is told in a line', () => {
  const rest = { ...limits, engine: {} as never, basis: 'shapes' as const, table: [], curve: [], measured: [] };
  expect(elsewhereSentence({ ...rest, asked: row }, 'pictures')).toBe(
    'Yes: it would run as 4 pieces of 64 with at most 1.70 GB: the same result.',
  );
  expect(elsewhereSentence({ ...rest, oneSampleBytes: 1e6, asked: none }, 'pictures')).toBe('No: one picture alone needs 3.00 GB.');
  expect(elsewhereSentence({ ...rest, oneSampleBytes: 1e6, asked: none }, 'pictures', 64)).toBe('No: 64 pictures at once need 3.00 GB.');
  const differs = { ...row, verdict: { kind: 'not-identical' as const, because: 'a', remedy: 'b' } };
  expect(elsewhereSentence({ ...rest, asked: differs }, 'pictures')).toContain('not the same result');
});

test('figures say where they come from', () => {
  expect(basisSentence({ basis: 'shapes' })).toContain('counted');
  expect(basisSentence({ basis: 'before', measuredAt: '2020-11-12T10:00:00Z' })).toContain('12 Nov 2020');
  expect(basisSentence({ basis: 'now', disturbed: 0.05 })).toBe('Measured with these settings.');
  expect(basisSentence({ basis: 'now', diedAt: 1_024 })).toBe('Measured: 1,024 at once were too much for this computer.');
});

test('where the time is from is told as well: of a measurement that others disturbed, and of a run', () => {
  expect(basisSentence({ basis: 'now', disturbed: 0.4 })).toMatch(/^Measured .* Other programs were at work meanwhile/);
  const ran = { at: '2020-11-12T10:00:00Z' };
  expect(basisSentence({ basis: 'now', disturbed: 0.4, ran })).toMatch(/The time is that of your run of 12 Nov 2020\.$/);
  expect(basisSentence({ basis: 'before', ran })).toMatch(/ your run of 12 Nov 2020, and as measured\.$/);
  expect(basisSentence({ basis: 'shapes', ran, isTraining: true })).toContain('the run that trains now');
});

test('what a saver costs in time is said in parts of it', () => {
  expect([1.001, 1.05, 1.09, 1.31, 1.55, 2.04].map(slowerWords)).toEqual([
    'hardly slower',
    'a little slower',
    'about a tenth slower',
    'about a third slower',
    'about half slower',
    '2.0 times as slow',
  ]);
});

test('while it is measured, the size that was measured last is told', () => {
  expect(measuringSentence(undefined, 'pictures')).toContain('Measuring');
  expect(measuringSentence({ micro: 32, peakBytes: 2e8 }, 'regression')).toBe('Measuring: 32 rows at once need 200 MB…');
});
