// What the page of a table shows: every row counted once in its column's bars, on the side where the run will have it; cells as in the file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rangeBars, valueBars } from '#datasets/tables/bars';
import { checkTable } from '#datasets/tables/check-table';
import { importTable } from '#datasets/tables/import-table';
import { openTable } from '#datasets/tables/packed-table';
import { splitTable } from '#datasets/tables/split-table';
import { viewTable } from '#datasets/tables/view-table';
import { sampleFolder } from '#datasets/sample-folder';
import { writeTable } from '#test/support/table';
import { packedSample } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';

const SPLIT = { validationShare: 0.2, seed: 1 };
const sum = (bars: readonly { train: number; validation: number }[], side: 'train' | 'validation') =>
  bars.reduce((all, bar) => all + bar[side], 0);

test.each(['penguins', 'diabetes'] as const)('%s: bars add up to the rows of each side, and to what the check counted', async (name) => {
  const folder = await packedSample(name);
  const view = await viewTable(folder, SPLIT);
  const table = await openTable(folder);
  const split = splitTable(table, SPLIT);
  table.close();
  expect([view.train, view.validation]).toEqual([split.train.length, split.validation.length]);
  for (const column of view.columns) {
    const missing = column.isRange ? column.missing : 0;
    expect(sum(column.bars, 'train') + sum(column.bars, 'validation') + missing, column.name).toBe(view.train + view.validation);
  }
  const report = await checkTable(join(sampleFolder(name), `${name}.csv`));
  for (const { name: column, bars } of report.columns) {
    const seen = view.columns.find((one) => one.name === column)!;
    // A broken number on the edge of two bars may fall to either side, packed in 32 bits.
    if (seen.isRange && bars.some(({ label }) => label.includes('.'))) continue;
    // Missing values have a bar of their own once they are a category.
    const counts = seen.bars.filter(({ label }) => label !== 'missing').map(({ train, validation }) => train + validation);
    expect(counts, column).toEqual(bars.map(({ count }) => count));
  }
  // The control: another seed holds other rows out.
  const other = await viewTable(folder, { ...SPLIT, seed: 2 });
  expect(other.columns[0].bars).not.toBe(view.columns[0].bars);
  expect(other.rows.map(({ side }) => side)).not.toEqual(view.rows.map(({ side }) => side));
});

test('every class is counted among the rows that are learnt from, also those that share a bar', async () => {
  const folder = join(temporaryFolder(), 'version');
  const rows = Array.from({ length: 400 }, (_, i) => [String((7 * i) % 31), `class ${i % 20}`]);
  await importTable(writeTable([['size', 'class'], ...rows]), { kind: 'table', target: 'class', task: 'classification' }, folder);
  const { classes, columns } = await viewTable(folder, SPLIT);
  expect(classes.map(({ train }) => train)).toEqual(new Array(20).fill(16));
  expect(new Set(classes.map(({ label }) => label)).size).toBe(20);
  expect(columns[0].bars.at(-1)!.label, 'the bars do not tell them apart').toBe('others');
  const half = await viewTable(folder, { ...SPLIT, validationShare: 0.5 });
  expect(half.classes[0].train).toBe(10);
  expect((await viewTable(await packedSample('diabetes'), SPLIT)).classes).toEqual([]);
});

test('the first rows are those of the file', async () => {
  const { rows, columns } = await viewTable(await packedSample('penguins'), SPLIT);
  const [header, ...lines] = readFileSync(join(sampleFolder('penguins'), 'penguins.csv'), 'utf8').split('\n');
  const places = columns.map(({ name }) => header.split(',').indexOf(name));
  for (const { line, cells } of rows) {
    const written = lines[line - 2].split(',');
    expect(cells).toEqual(places.map((place) => (written[place] === 'NA' ? '' : written[place])));
  }
});

test('few whole numbers have a bar each, many values share, a single one is not divided by its range', () => {
  expect(rangeBars([2007, 2009, 2009])).toEqual([
    { label: '2007', count: 1 },
    { label: '2008', count: 0 },
    { label: '2009', count: 2 },
  ]);
  expect(rangeBars([5, 5])).toEqual([{ label: '5', count: 2 }]);
  expect(rangeBars([0, 0.5, 160])).toHaveLength(16);
  expect(rangeBars([0, 0.5, 160])[0]).toEqual({ label: '0 to 10', count: 2 });
  expect(rangeBars([])).toEqual([]);
  const values = new Map(Array.from({ length: 20 }, (_, i) => [`v${i}`, 20 - i] as const));
  expect(valueBars(values, 3).at(-1)).toEqual({ label: 'others', count: 12 * 6.5 + 3 });
});
