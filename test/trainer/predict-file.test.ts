// A table answered by a trained model: the same answers as row by row, the trainer's own figures, a file with the answers beside the rows; and
// tables that cannot be answered.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { packedSample, runTable } from '#test/support/table-runs';
import { writeTable } from '#test/support/table';
import { temporaryFolder } from '#test/support/temporary-folder';
import { predictFile } from '#trainer/predict-file';
import { predictRows } from '#trainer/predict-rows';

const rowsOf = (name: 'penguins' | 'diabetes') => parse(readFileSync(`resources/samples/${name}/${name}.csv`, 'utf8')) as string[][];

describe.each([
  ['penguins', 'classification'],
  ['diabetes', 'regression'],
] as const)('%s', (name, task) => {
  const [header, ...rows] = rowsOf(name);
  const target = header.indexOf(name === 'penguins' ? 'species' : 'progression');
  const trained = async (): Promise<string> => (await runTable(await packedSample(name), task, { epochs: 3, model: 'mlp' })).outFolder;
  const asking = (modelFolder: string) => (file: string, out?: string) => predictFile({ modelFolder, file, out, engine: 'wasm' });

  test('every row is answered as it is alone, and the score is that of the answers', async () => {
    const modelFolder = await trained();
    // More rows than are asked about together, the last piece a short one.
    const many = Array.from({ length: 5 }, () => rows).flat();
    const out = join(temporaryFolder(), 'answers.csv');
    const answered = await asking(modelFolder)(writeTable([header, ...many]), out);
    expect(answered.rows).toBe(many.length);
    const alone = await predictRows(
      modelFolder,
      rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell]))),
      'wasm',
    );
    const written = parse(readFileSync(out, 'utf8'), { bom: true }) as string[][];
    expect(written[0]).toEqual([...header, `predicted ${header[target]}`, ...(task === 'classification' ? ['probability'] : [])]);
    let [right, absolute] = [0, 0];
    for (const [i, line] of written.slice(1).entries()) {
      const [answer, row] = [alone[i % rows.length], many[i]];
      expect(line.slice(0, header.length)).toEqual(row);
      if (answer.kind === 'class') {
        expect(line[header.length]).toBe(answer.classes[0].label);
        expect(Number(line[header.length + 1])).toBeCloseTo(answer.classes[0].probability, 3);
        if (answer.classes[0].label === row[target]) right++;
      } else {
        expect(Math.abs(Number(line[header.length]) / answer.value - 1)).toBeLessThan(1e-5);
        absolute += Math.abs(answer.value - Number(row[target]));
      }
    }
    expect(answered.score).toMatchObject(
      task === 'classification' ? { kind: 'class', right, of: many.length } : { kind: 'number', of: many.length },
    );
    if (answered.score?.kind === 'number') expect(Math.abs(answered.score.off / (absolute / many.length) - 1)).toBeLessThan(1e-5);
  });

  test('written in another way it is read all the same, and written back so', async () => {
    const ask = asking(await trained());
    const german = [header, ...rows].map((row, i) => row.map((cell) => (i > 0 ? cell.replace('.', ',') : cell)));
    const out = join(temporaryFolder(), 'answers.csv');
    const [plain, other] = [
      await ask(writeTable([header, ...rows])),
      await ask(writeTable(german, { separator: ';', encoding: 'utf-16le', mark: true }), out),
    ];
    expect(other.shown.map(({ answer }) => answer)).toEqual(plain.shown.map(({ answer }) => answer));
    expect(other.score).toEqual(plain.score);
    expect(readFileSync(out, 'utf8').split('\r\n')[0]).toContain(`;predicted ${header[target]}`);
  });

  test('columns that are not there are named, and count as missing; the target need not be there', async () => {
    const ask = asking(await trained());
    const without = [header, ...rows].map((row) => row.filter((_, i) => i !== target && i !== 4));
    const { notes, score, shown } = await ask(writeTable(without));
    expect(notes).toEqual([`It has no column ${header[4]}: it counts as missing in every row, and the answers are worth less.`]);
    expect(score).toBeUndefined();
    expect(shown[0].actual).toBeUndefined();
  });

  test.each([
    ['without one of its columns', 'a,b\n1,2\n', /none of the columns that the model asks for: .+ Name its columns so in the first row/],
    ['without names', rows.map((row) => row.join(',')).join('\n'), /does not name the columns/],
    ['without rows', `${header.join(',')}\n`, /no rows below them/],
    ['that is empty', '', /empty \(0 bytes\)/],
  ])('a table %s is refused in a sentence', async (_, text, problem) => {
    await expect(asking(await trained())(writeTable(text))).rejects.toThrow(problem);
  });
});
