// Rows by their index, as a model's worst ones are shown: the lines and cells are those of the file, in the order they were asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTable } from '#datasets/tables/packed-table';
import { readRows } from '#datasets/tables/read-rows';
import { sampleFolder } from '#datasets/sample-folder';
import { packedSample } from '#test/support/table-runs';

test.each([
  ['penguins', 'NA'],
  ['diabetes', ''],
] as const)('%s: any rows are those that stand on their lines', async (name, missing) => {
  const folder = await packedSample(name);
  const [header, ...lines] = readFileSync(join(sampleFolder(name), `${name}.csv`), 'utf8')
    .trim()
    .split('\n');
  const table = await openTable(folder);
  const { count } = table.manifest;
  table.close();
  const wanted = [count - 1, 0, 17, 18, 17];
  const { columns, lines: numbers, cells } = await readRows(folder, wanted);
  const places = columns.map((column) => header.split(',').indexOf(column));
  expect(places.every((place) => place >= 0)).toBe(true);
  const written = (row: number) => {
    const line = lines[numbers[row] - 2].split(',');
    return places.map((place) => (line[place] === missing ? '' : line[place]));
  };
  expect(cells.map((row) => row.map(asNumber))).toEqual(wanted.map((_, i) => written(i).map(asNumber)));
  expect(numbers[2]).toBe(numbers[4]);
  // Of other rows they are others (control).
  expect(cells[2].map(asNumber)).not.toEqual(written(3).map(asNumber));
  await expect(readRows(folder, [count])).rejects.toThrow(RangeError);
});

/** "21.0" and "21" are one number. */
const asNumber = (cell: string): string => (cell !== '' && Number.isFinite(Number(cell)) ? String(Number(cell)) : cell);
