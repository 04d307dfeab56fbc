// The built `ask`: a model trained by the built `train` answers pictures of a folder, as lines, as JSON and as a table. Wants a build.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { initialWeights } from '#engine/initialize';
import { pngBytes, writeAt } from '#test/support/pictures';
import { packedSample, runTable } from '#test/support/table-runs';
import { smallNetwork } from '#test/support/small-networks';
import { temporaryFolder } from '#test/support/temporary-folder';
import { pictureFacts, saveModel } from '#trainer/saved-model';

const ask = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join('out', 'main', 'cli.js'), 'ask', ...args], { encoding: 'utf8' });
  return { lines: stdout.trim().split('\n'), stderr, status };
};

function savedModel(): string {
  const folder = temporaryFolder();
  const network = smallNetwork('small-cnn', 2);
  saveModel(folder, 'small-cnn', network, initialWeights(network, 1), pictureFacts(['cat', 'dog'], network.inputShape));
  return folder;
}

test('every picture has a line, one that is broken has its reason, and the table says the same', () => {
  const [model, root, out] = [savedModel(), temporaryFolder(), join(temporaryFolder(), 'answers.csv')];
  writeAt(root, 'a.png', pngBytes({ seed: 1 }));
  writeAt(root, 'b.png', '');
  writeAt(root, 'c/d.png', pngBytes({ seed: 2 }));
  const { lines, status } = ask(model, root, '--engine', 'wasm', '--csv', out);
  expect(status).toBe(0);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^a\.png: (cat|dog), \d\d\.\d %$/);
  expect(lines[1]).toBe('b.png: The file is empty (0 bytes). Choose another picture.');
  const json = ask(model, root, '--engine', 'wasm', '--json').lines.map((line) => JSON.parse(line));
  expect(json.map(({ kind, file }) => [kind, file])).toEqual([
    ['answer', 'a.png'],
    ['refused', 'b.png'],
    ['answer', 'c/d.png'],
  ]);
  expect(json[0].shares.cat + json[0].shares.dog).toBeCloseTo(1, 6);
  const [, ...rows] = parse(readFileSync(out, 'utf8'), { bom: true }) as string[][];
  expect(rows.map(([file]) => file)).toEqual(['a.png', 'b.png', 'c/d.png']);
  expect(Number(rows[2][3])).toBeCloseTo(json[2].shares.cat, 5);
}, 120_000);

test('a model of a table answers a table: how often it is right, and the rows with their answers', async () => {
  const { outFolder } = await runTable(await packedSample('penguins'), 'classification', { epochs: 20, model: 'mlp' });
  const out = join(temporaryFolder(), 'answers.csv');
  const table = join('resources', 'samples', 'penguins', 'penguins.csv');
  const { lines, status } = ask(outFolder, table, '--engine', 'wasm', '--csv', out);
  expect(status).toBe(0);
  const [, rows, right] = /^(\d+) rows answered, species\. (\d+\.\d) % right, of all rows\.$/.exec(lines[0])!;
  expect(Number(right)).toBeGreaterThan(80);
  const written = parse(readFileSync(out, 'utf8'), { bom: true }) as string[][];
  expect(written).toHaveLength(Number(rows) + 1);
  expect(JSON.parse(ask(outFolder, table, '--engine', 'wasm', '--json').lines[0])).toMatchObject({ kind: 'table', rows: Number(rows) });
  expect(ask(outFolder, table, '--csv', table).stderr).toMatch(/That is the table itself/);
  expect(ask(outFolder, table, table).stderr).toMatch(/one table at a time/);
}, 120_000);

test('what cannot be meant has one sentence and an exit code above zero', () => {
  const refused = (...args: string[]) => {
    const { stderr, status } = ask(...args);
    expect(status).toBeGreaterThan(0);
    return stderr.trim();
  };
  expect(refused()).toMatch(/^Say which model to ask and about what/);
  expect(refused(temporaryFolder(), '/')).toMatch(/no model\.json in it\. Choose the folder of a finished run\.$/);
  expect(refused(savedModel(), join(temporaryFolder(), 'gone.png'))).toMatch(/^There is no folder or file/);
  expect(refused(savedModel(), temporaryFolder())).toMatch(/^There is no picture in/);
  expect(refused('x', 'y', '--engine', 'steam')).toMatch(/^There is no engine "steam"/);
}, 120_000);
