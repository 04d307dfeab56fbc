// A table from its file to a packed version: what pandas finds in it, what is left out by line, the same content twice, what leaks.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleFolder } from '#datasets/sample-folder';
import { checkTable } from '#datasets/tables/check-table';
import { importTable } from '#datasets/tables/import-table';
import { openTable } from '#datasets/tables/packed-table';
import { quantile } from '#datasets/tables/sketch';
import { surveyTable } from '#datasets/tables/survey';
import { detectFormat } from '#datasets/tables/detect';
import type { SampleName } from '#shared/dataset';
import type { TableCheck, TableOptions } from '#shared/table';
import { writeTable } from '#test/support/table';
import { temporaryFolder } from '#test/support/temporary-folder';

const FIXTURE = JSON.parse(readFileSync('test/fixtures/tables.json', 'utf8')) as {
  traps: {
    text: string;
    names: string[];
    missing: number[];
    amount: (number | null)[];
    days: (number | null)[];
    count: (number | null)[];
    amountMean: number;
    amountDeviation: number;
    amountMedian: number;
    amountQuartiles: [number, number];
  };
};

const sample = (name: SampleName): string => join(sampleFolder(name), `${name}.csv`);
const column = ({ columns }: TableCheck, name: string) => columns.find((one) => one.name === name);

async function packed(path: string, options: Partial<TableOptions> = {}) {
  const folder = join(temporaryFolder(), 'version');
  const manifest = await importTable(path, options, folder);
  const table = await openTable(folder);
  const all = table.read(Array.from({ length: manifest.count }, (_, i) => i));
  table.close();
  return { folder, manifest, table, all };
}

describe('beside pandas', () => {
  const { traps } = FIXTURE;
  const near = (value: number, expected: number): void => expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));

  it('names, missing cells, means, deviations and quartiles are the same', async () => {
    const path = writeTable(traps.text);
    const { names, columns } = await surveyTable(path, await detectFormat(path));
    expect(names).toEqual(traps.names);
    expect(columns.map(({ missing }) => missing)).toEqual(traps.missing);
    const { numbers, sample: drawn } = columns[1];
    near(numbers.mean, traps.amountMean);
    near(numbers.deviation, traps.amountDeviation);
    expect(drawn.quantiles(0.25, 0.75)).toEqual(traps.amountQuartiles);
    expect(drawn.quantiles(0.5)).toEqual([traps.amountMedian]);
    // The control: the quantile of another share is another number.
    expect(quantile(Float64Array.from([1, 2, 4]), 0.6)).not.toBe(quantile(Float64Array.from([1, 2, 4]), 0.5));
  });

  it('every cell is the same number', async () => {
    const path = writeTable(traps.text.repeat(1) + traps.text.split('\n').slice(1).join('\n').repeat(3));
    const { manifest, all } = await packed(path, { target: 'count', columns: { name: 'category', 'amount; in €': 'number' } });
    const place = (name: string) => manifest.columns.findIndex((one) => one.name === name);
    const width = manifest.columns.length;
    const read = (name: string) => [0, 1, 2, 3].map((row) => all[row * width + place(name)]);
    const { origin } = manifest.columns[place('when')] as { origin: number };
    // The third row has no count, which is what is learnt here: it is left out.
    const kept = <T>(values: T[]): T[] => values.filter((_, i) => i !== 2);
    const orNaN = (values: (number | null)[]) => kept(values).map((value) => (value === null ? NaN : Math.fround(value)));
    expect(read('amount; in €')).toEqual(orNaN(traps.amount));
    expect(read('when')).toEqual(orNaN(traps.days.map((day) => (day === null ? null : day - origin))));
    expect(manifest.leftOut[0]).toMatchObject({ file: 'line 5', kind: 'no-target' });
    expect(manifest.columnsLeftOut).toEqual([{ name: 'empty', reason: 'it has no value in any row' }]);
  });
});

describe('the shipped tables', () => {
  it('penguins', async () => {
    const report = await checkTable(sample('penguins'));
    expect(report).toMatchObject({
      name: 'penguins',
      summary: '344 rows, 8 columns, separator comma; target: species, 3 classes.',
      task: 'classification',
      classes: [
        { label: 'Adelie', count: 152 },
        { label: 'Chinstrap', count: 68 },
        { label: 'Gentoo', count: 124 },
      ],
      blocking: [],
      problems: [],
    });
    expect(column(report, 'sex')).toMatchObject({ kind: 'category', use: 'input', missing: 11 });
    expect(column(report, 'body_mass_g')).toMatchObject({ kind: 'number', missing: 2, values: '2700 to 6300, mean 4202' });
  });

  it('diabetes', async () => {
    const report = await checkTable(sample('diabetes'));
    expect(report).toMatchObject({ task: 'regression', target: 'progression', rows: 442, range: { least: 25, most: 346 }, blocking: [] });
  });

  it('the same content is the same version; another target, another row or another value is not', async () => {
    const { manifest } = await packed(sample('penguins'));
    const text = readFileSync(sample('penguins'), 'utf8');
    const again = writeTable(text.replaceAll('\n', '\r\n').replaceAll(',', ';'), { name: 'penguins.csv' });
    expect((await packed(again)).manifest.contentHash).toBe(manifest.contentHash);
    expect((await packed(sample('penguins'), { target: 'island' })).manifest.contentHash).not.toBe(manifest.contentHash);
    expect((await packed(writeTable(text.replace('39.1', '39.2')))).manifest.contentHash).not.toBe(manifest.contentHash);
    expect((await packed(writeTable(text.split('\n').slice(0, -2).join('\n')))).manifest.contentHash).not.toBe(manifest.contentHash);
  });

  it('a version that was cut short or changed is refused in a sentence', async () => {
    const { folder } = await packed(sample('penguins'));
    writeFileSync(join(folder, 'targets.bin'), Buffer.alloc(10));
    await expect(openTable(folder)).rejects.toThrow('its targets.bin has 10 bytes instead of 2752. Import the table again.');
  });
});

/** n rows of "id,x,kind,twin,y", where twin is the target in other words. */
function rows(n: number, change: (row: string[], i: number) => string[] = (row) => row): string[][] {
  return [
    ['id', 'x', 'kind', 'twin', 'y'],
    ...Array.from({ length: n }, (_, i) => {
      const y = i % 3 === 0 ? 'yes' : 'no';
      return change(
        [String(1000 + i), String(((i * 7919) % 101) / 10), ['red', 'green', 'blue'][(i * 31) % 3 === 0 ? 0 : i % 2], `class of ${y}`, y],
        i,
      );
    }),
  ];
}

describe('what a check finds', () => {
  it('columns that count rows, are constant or give the target away', async () => {
    const report = await checkTable(writeTable(rows(60, (row) => [...row.slice(0, 2), 'red', ...row.slice(3)])));
    expect(column(report, 'id')).toMatchObject({ use: 'left-out', rule: 'Left out: it only counts the rows.' });
    expect(column(report, 'kind')).toMatchObject({ use: 'left-out', rule: 'Left out: it has the same value in every row (red).' });
    expect(report.advice).toContainEqual(expect.stringMatching(/^"twin" gives the target away: its values alone tell the class/));
    expect(report.advice.filter((sentence) => sentence.startsWith('"x" gives'))).toEqual([]);
  });

  it('a number that is the target in another unit', async () => {
    const table = [
      ['c', 'f', 'z'],
      ...Array.from({ length: 40 }, (_, i) => [String(i / 2), String((i / 2) * 1.8 + 32), String((i * 37) % 11)]),
    ];
    const report = await checkTable(writeTable(table), { target: 'f' });
    expect(report.advice).toContainEqual(
      '"c" gives the target away: it goes exactly with the target (correlation 1.0000). If it is not known before the answer is, leave it out.',
    );
    expect(report.advice.filter((sentence) => sentence.startsWith('"z" gives'))).toEqual([]);
  });

  it('outliers, strangers among numbers, repeats, few rows of a class', async () => {
    const table = rows(60, (row, i) => {
      if (i === 7) return [row[0], '9999', ...row.slice(2)];
      if (i === 8) return [row[0], 'about 5', ...row.slice(2)];
      return i >= 57 ? [row[0], row[1], row[2], 'class of maybe', 'maybe'] : row;
    });
    const report = await checkTable(writeTable([...table, table[4]]), { columns: { id: 'left-out' } });
    expect(report.advice).toContainEqual(
      expect.stringMatching(/^1 value of "x" lies far outside the others, the farthest 9999 in line 9\./),
    );
    expect(report.advice).toContainEqual(
      expect.stringMatching(/^1 cell of "x" is no number and counts as missing: "about 5" in line 10\./),
    );
    expect(report.advice).toContainEqual(expect.stringMatching(/^1 row repeats another one exactly/));
    expect(report.advice).toContainEqual(expect.stringMatching(/^Fewer than 10 rows in "maybe"/));
  });

  it('rows that are too short, too long or without target, by line', async () => {
    const report = await checkTable(
      writeTable(
        `${rows(30)
          .map((row) => row.join(','))
          .join('\n')}\n1,2,3\n1,2,red,a,yes,,\n1,2,red,a,\n1,2,red,a,no,\n`,
      ),
    );
    expect(report.problems.map(({ file, kind }) => `${file} ${kind}`)).toEqual([
      'line 32 ragged-row',
      'line 33 ragged-row',
      'line 34 no-target',
    ]);
    expect(report.problems[0].message).toBe('This row has 3 cells instead of 5. Correct it in the file, or leave it out.');
    // A separator after the last cell is none.
    expect(report.rows).toBe(31);
  });

  it('names that are missing or come twice', async () => {
    const report = await checkTable(
      writeTable('a,,a,y\n' + Array.from({ length: 30 }, (_, i) => `${i % 7},${i % 5},${i % 4},${i % 2 ? 'u' : 'v'}\n`).join('')),
    );
    expect(report.columns.map(({ name }) => name)).toEqual(['a', 'column 2', 'a (2)', 'y']);
    expect(report.advice).toContain('Column 2 has no name in the header; it is called "column 2".');
  });

  it('a file in Latin-1 is said to be', async () => {
    const path = writeTable(
      `${'ok,y\n'}${`a text of some length, so that the head of the file ends before the end,u\nb,v\n`.repeat(4_000)}`,
    );
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('caf\xe9,u\n', 'latin1')]));
    const report = await checkTable(path);
    expect(report.format.encoding).toBe('windows-1252');
    expect(report.advice[0]).toMatch(/not UTF-8, so it was read as Latin-1/);
    expect(column(report, 'ok')?.values).toContain('café (1)');
  });

  it.each([
    ['a target of one class', () => rows(30, (row) => [...row.slice(0, 4), 'yes']), { target: 'y' }, /"y" has only one class/],
    ['too few rows', () => rows(5), {}, /Only 5 rows can be used, and at least 10 are needed/],
    ['a text as a number', () => rows(30), { target: 'kind', task: 'regression' as const }, /"kind" holds no numbers/],
    [
      'nothing to learn from',
      () => rows(30),
      { columns: { x: 'left-out', kind: 'left-out', twin: 'left-out', id: 'left-out' } as const },
      /No column is left/,
    ],
  ])('not ready: %s', async (_, table, options, sentence) => {
    const { blocking } = await checkTable(writeTable(table()), options);
    expect(blocking.join(' ')).toMatch(sentence);
    await expect(importTable(writeTable(table()), options, join(temporaryFolder(), 'version'))).rejects.toThrow(sentence);
  });

  it('a column that is not there is named with those that are', async () => {
    await expect(checkTable(writeTable(rows(30)), { target: 'z' })).rejects.toThrow(
      'There is no column "z". The columns are: id, x, kind, twin, y.',
    );
  });
});
