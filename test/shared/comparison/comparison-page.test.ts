// The report of a comparison: charts as SVG with their figures below, nothing that runs or asks, and no text of a run's name taken for markup.
import { expect, it } from 'vitest';
import { ticks } from '#shared/comparison/chart-svg';
import { comparisonCsv } from '#shared/comparison/comparison-document';
import { comparisonPage } from '#shared/comparison/comparison-page';
import { COMPARED } from '#test/support/compared-document';

it('draws a line for each run within its frame, one point as a dot', () => {
  const page = comparisonPage(COMPARED);
  expect(page).toContain('<path class="line A" d="M64 10L748 194"><title>A</title></path>');
  expect(page).toMatch(/<circle class="dot B" cx="64" cy="240" r="3"\/>/);
  expect(page).not.toContain('NaN');
  expect(page).toContain('<th scope="row">Batch</th><td>256</td><td>=64</td>');
});

it('runs nothing, asks nobody, and takes no name for markup', () => {
  const page = comparisonPage(COMPARED);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|https?:/);
  expect(page).not.toContain('<b>digits</b>');
  expect(page).toContain('&#60;b&#62;digits');
});

it('is a table for a spreadsheet, too, in which nothing is a formula', () => {
  expect(comparisonCsv(COMPARED)).toBe("Setting,A: x,B: y\r\nBatch,256,'=64\r\n");
});

it('ticks are round and lie within', () => {
  expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks([0.013, 0.41])).toEqual([0.1, 0.2, 0.3, 0.4]);
  expect(ticks([1, 2])).toEqual([1, 1.2, 1.4, 1.6, 1.8, 2]);
});
