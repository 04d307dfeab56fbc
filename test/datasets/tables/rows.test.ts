// Rows come out of a file as they were written, in every encoding and with every separator; what is no table is refused in a sentence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '#datasets/tables/detect';
import { readRows, type Row } from '#datasets/tables/rows';
import { NotUtf8 } from '#datasets/tables/text';
import { SEPARATORS, TEXT_ENCODINGS, type TableFormat } from '#shared/table';
import { csvText, writeTable } from '#test/support/table';
import { temporaryFolder } from '#test/support/temporary-folder';

const FORMAT: TableFormat = { separator: ',', encoding: 'utf-8', decimal: '.', header: true };

async function rowsOf(path: string, format: Partial<TableFormat> = {}): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readRows(path, { ...FORMAT, ...format })) rows.push(...batch);
  return rows;
}

it('every table written comes back cell by cell, in every encoding and with every separator', async () => {
  const folder = temporaryFolder();
  const cell = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('a,b', 'say "hi"', 'two\nlines', 'é', '5" pipe', '', 'x;y|z\tw', '日本'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...SEPARATORS),
      fc.constantFrom(...TEXT_ENCODINGS.filter((name) => name !== 'windows-1252')),
      fc.boolean(),
      fc.constantFrom('\n', '\r\n'),
      async (written, separator, encoding, mark, newline) => {
        // A mark of byte order inside is none, and lone surrogates are no text.
        const rows = written.map((row) => row.map((text) => text.replace(/[\ufeff\ud800-\udfff\0]/g, '').trim()));
        const path = writeTable(rows, { separator, encoding, mark, newline }, folder);
        const read = await rowsOf(path, { separator, encoding });
        const asWritten = rows.filter((row) => row.some((text) => text !== ''));
        expect(read.map(({ cells }) => cells)).toEqual(asWritten);
      },
    ),
    { numRuns: 150 },
  );
});

it('a row is named by the line it begins on, quoted line ends and empty lines counted', async () => {
  const path = writeTable('a,b\n1,"two\nlines"\n\n3,4\n,\n5,6\n');
  expect((await rowsOf(path)).map(({ line }) => line)).toEqual([1, 2, 5, 7]);
});

it('windows-1252 is read as it is, its own letters among them', async () => {
  const path = writeTable('', {});
  const { writeFileSync } = await import('node:fs');
  writeFileSync(path, Buffer.from([0x63, 0x2c, 0x64, 0x0a, 0x80, 0x2c, 0xe9, 0x0a, 0x93, 0x2c, 0x31, 0x0a]));
  await expect(rowsOf(path)).rejects.toThrow(NotUtf8);
  expect((await rowsOf(path, { encoding: 'windows-1252' })).slice(1).map(({ cells }) => cells)).toEqual([
    ['€', 'é'],
    ['“', '1'],
  ]);
});

it('a quotation mark that is never closed is named by its line', async () => {
  await expect(rowsOf(writeTable('a,b\n1,2\n3,"4\n5,6\n'))).rejects.toThrow(/quotation mark is opened and never closed/);
});

describe('the format is found by looking', () => {
  const rows = [
    ['name', 'size', 'when'],
    ['a', '1.5', '2020-01-01'],
    ['b', '2.5', '2020-01-02'],
    ['c', '3.5', '2020-01-03'],
  ];
  it.each(SEPARATORS)('separator %j', async (separator) => {
    expect(await detectFormat(writeTable(rows, { separator }))).toEqual({ ...FORMAT, separator });
  });

  it.each(TEXT_ENCODINGS)('encoding %s', async (encoding) => {
    const named = [rows[0], ['é', '1.5', '2020-01-01'], ...rows.slice(2)];
    for (const mark of encoding === 'windows-1252' ? [false] : [true, false]) {
      expect(await detectFormat(writeTable(named, { encoding, mark }))).toEqual({ ...FORMAT, encoding });
    }
  });

  it('decimal comma', async () => {
    expect(await detectFormat(writeTable('a;b\n1,5;x\n2,25;y\n'))).toMatchObject({ separator: ';', decimal: ',' });
    expect(await detectFormat(writeTable('a,b\n"1,5",x\n"2,25",y\n'))).toMatchObject({ separator: ',', decimal: ',' });
    // The control: points, and thousands.
    expect(await detectFormat(writeTable('a;b\n1.5;x\n2.25;y\n'))).toMatchObject({ decimal: '.' });
    expect(await detectFormat(writeTable('a,b\n"1,500",x\n"2,250",y\n'))).toMatchObject({ decimal: '.' });
  });

  it('a title, a date and blank rows above the table, cut short or filled up', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i * 1.5},${i % 2 ? 'a' : 'b'},x${i}\n`).join('');
    const table = `id,size,kind,note\n${rows}`;
    for (const above of ['Report of March\n\nmade 2024\n', 'Report of March,,,\n,,,\nmade 2024,,,\n', 'Operator,Smith\nInstrument,7\n']) {
      const path = writeTable(above + table);
      const format = await detectFormat(path);
      expect(format).toMatchObject({ above: 2, header: true, separator: ',' });
      const [header, ...others] = await rowsOf(path, format);
      expect(header.cells).toEqual(['id', 'size', 'kind', 'note']);
      expect(others).toHaveLength(12);
    }
    // The control: a first row with a gap is a row, and a table of two columns is one.
    expect(await detectFormat(writeTable(`1,2,,\n3,4,5,6\n${rows}`))).not.toHaveProperty('above');
    expect(await detectFormat(writeTable(table))).not.toHaveProperty('above');
    expect(await detectFormat(writeTable('a,b\n1,2\n3,4\n'))).not.toHaveProperty('above');
  });

  it('no header', async () => {
    expect(await detectFormat(writeTable('5.1,3.5,setosa\n4.9,3.0,setosa\n'))).toMatchObject({ header: false });
    expect(await detectFormat(writeTable('colour,shape\nred,round\nred,square\nblue,round\n'))).toMatchObject({ header: true });
    expect(await detectFormat(writeTable('red,round\nred,square\nblue,round\n'))).toMatchObject({ header: false });
  });

  it('what is said stands', async () => {
    expect(await detectFormat(writeTable('a;b\n1;2\n'), { separator: ',', header: false, decimal: ',' })).toEqual({
      ...FORMAT,
      separator: ',',
      header: false,
      decimal: ',',
    });
  });

  it.each([
    ['', /is empty/],
    ['\n\n,\n', /holds no rows/],
    ['\0\x01\x02\xff\0\0\x01abc', /is not text/],
  ])('%j is refused in a sentence', async (text, sentence) => {
    await expect(detectFormat(writeTable(text))).rejects.toThrow(sentence);
  });
});

it('a table of a hundred thousand rows is never held whole', async () => {
  const line = csvText([['1', 'some text that is not short', '2020-01-01', '12345.678']]);
  const path = writeTable('a,b,c,d\n' + line.repeat(100_000));
  let rows = 0;
  let most = 0;
  for await (const batch of readRows(path, FORMAT)) {
    rows += batch.length;
    most = Math.max(most, batch.length);
  }
  expect([rows, most]).toEqual([100_001, 256]);
});
