// What the curve of memory draws and says: where the budget ends it, what is chosen, and every figure as a row.
import { expect, test } from 'vitest';
import { memoryCurve } from '#renderer/words/memory-curve';
import type { RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';

const curve = [1, 16, 64, 256, 1024].map((micro) => ({ micro, peakBytes: 1e6 + 1e5 * micro }));
const asked = { batch: 1024, micro: 64, pieces: [], peakBytes: 7.4e6 } as unknown as RunForecast['asked'];
const known = { asked, budgetBytes: 8e6, curve, measured: [] };
const names = (series: { name: string }[]) => series.map(({ name }) => name);

test('it is drawn as far as the budget is of interest, with the budget and the chosen piece', () => {
  const { series, axes } = memoryCurve(known, 'pictures');
  expect(names(series)).toEqual(['Forecast', 'You allow', 'Chosen']);
  expect(axes.xMax).toBe(64);
  expect(axes.y).toBe('Memory (MB)');
  expect(axes.tickY(5e6)).toBe('5');
});

test('a sentence says how it grows, where the budget ends, and what is chosen', () => {
  expect(memoryCurve(known, 'pictures').summary).toBe(
    'Each picture more in a piece takes 100 kB. What you allow ends at about 70 pictures; the chosen 64 need about 7.4 MB. ' +
      '15 pieces would fit, of 69 and 68; 16 of one size are prepared only once.',
  );
  expect(memoryCurve({ ...known, budgetBytes: 1e9 }, 'regression').summary).toContain('All sizes are within what you allow');
});

test('more pieces than need be are said, with why', () => {
  const of = (micro: number, budgetBytes: number) =>
    memoryCurve({ ...known, budgetBytes, asked: { ...asked, batch: 256, micro } as typeof asked, curve: curve.slice(0, 4) }, 'pictures')
      .summary;
  expect(of(64, 1e6 + 98e5)).toMatch(
    /ends at about 98 pictures; .* 3 pieces would fit, of 86 and 85; 4 of one size are prepared only once\.$/,
  );
  // Controls: where they are the fewest, and where smaller ones were asked for, nothing is to be said.
  expect(of(64, 1e9)).not.toContain('would fit');
  expect(of(32, 1e6 + 98e5)).not.toContain('would fit');
  expect(of(64, 7.5e6)).not.toContain('would fit');
});

test('a budget far above is told, not drawn', () => {
  expect(names(memoryCurve({ ...known, budgetBytes: 1e9 }, 'pictures').series)).not.toContain('You allow');
});

test('a measured plan adds its points and its line, and every figure is a row', () => {
  const measured = [{ micro: 2, peakBytes: 1.3e6, milliseconds: 1 }];
  const plan = {
    micro: 60,
    peakBytes: 7.1e6,
    budgetBytes: 8e6,
    measured,
    fit: { fixedBytes: 1e6, bytesPerSample: 1e5 },
  } as unknown as Plan;
  const { series, table } = memoryCurve(known, 'pictures', plan);
  expect(names(series)).toEqual(['Forecast', 'Fit', 'Measured', 'You allow', 'Chosen']);
  expect(series.at(-1)?.points).toEqual([{ x: 60, y: 7.1e6 }]);
  expect(table.columns).toEqual(['Pictures in a piece', 'Forecast', 'Measured']);
  expect(table.rows.slice(0, 2)).toEqual([
    ['1', '1.10 MB', '–'],
    ['2', '–', '1.30 MB'],
  ]);
});
