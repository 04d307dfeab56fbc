// A run taken away: what lies there afterwards, what it was compared on, and that nothing is left where it fails.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXPORTERS } from '#exports/index';
import { fileOf } from '#exports/exporter';
import type { ExportName, ExportProgress } from '#shared/exports';
import { FailureError } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { packedPictures } from '#test/support/packed';
import { packedSample, runTable } from '#test/support/table-runs';
import { withExportedPage } from '#test/support/exported-page';
import { runPictures, savedModel } from '#test/support/exported-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeExport } from '#trainer/exports/execute-export';
import { readPrograms } from '#trainer/exports/programs';
import { takeModel } from '#trainer/exports/take-model';
import { largestDifference } from '#trainer/exports/run-exported';

withExportedPage();

const quiet = (): void => {};
/** These exports repeat no run. */
const notAsked = () => Promise.reject(new Error('No run was to be opened.'));
const sentenceOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => (error instanceof FailureError ? error.message : `not a failure: ${String(error)}`),
  );

it('a run on pictures is compared on pictures it held out, with progress from stage to stage', async () => {
  const datasetFolder = packedPictures({ count: 200, width: 8, height: 8 });
  const modelFolder = await runPictures(datasetFolder);
  const out = join(temporaryFolder(), 'taken');
  const heard: ExportProgress[] = [];
  const request = { modelFolder, as: 'tfjs', out, name: 'My run', datasetFolder } as const;
  // Engines report with paths why they could not be loaded.
  const receiptFile = join(modelFolder, 'receipt.json');
  const receipt = JSON.parse(readFileSync(receiptFile, 'utf8')) as Receipt;
  const reason = `could not be loaded: ${join(modelFolder, 'engine.so')}: no such file`;
  writeFileSync(receiptFile, JSON.stringify({ ...receipt, engine: { ...receipt.engine, skipped: [{ name: 'tensorflow', reason }] } }));
  const { proof, name } = await executeExport(request, (progress) => heard.push(progress));
  expect(proof).toMatchObject({ kind: 'run', samples: { count: 32, from: 'held-out' } });
  expect(proof.kind === 'run' && proof.difference).toBeLessThan(1e-5);
  expect(name).toBe('taken');
  expect([...new Set(heard.map(({ stage }) => stage))]).toEqual(['opening', 'answering', 'making', 'checking']);
  expect(readdirSync(out).sort()).toEqual(['README.md', 'about.json', 'model.json', 'receipt.json', 'weights.bin']);
  const words = readFileSync(join(out, 'README.md'), 'utf8');
  expect(words).toContain('1. class 1');
  expect(words).toMatch(
    /## How good it is\n\nOn 39 validation pictures, which it did not learn from: [\d.]+ % right\. The model may have been/,
  );
  const everything = readdirSync(out).map((file) => readFileSync(join(out, file), 'utf8'));
  for (const text of everything) for (const place of [datasetFolder, modelFolder, '/tmp/']) expect(text).not.toContain(place);
  expect(readFileSync(receiptFile, 'utf8'), 'control').toContain(modelFolder);
});

it.each<[string, () => Promise<{ modelFolder: string; datasetFolder: string }>]>([
  ['classes of rows', async () => ofTable('penguins', 'classification')],
  ['a number', async () => ofTable('diabetes', 'regression')],
  [
    'masks',
    async () => {
      const datasetFolder = await packedMasks({ count: 40 });
      return { datasetFolder, modelFolder: (await runMasks(datasetFolder, { epochs: 1, model: 'u-net-light', batch: 8 })).outFolder };
    },
  ],
])('%s: the web page answers as the run does', async (_, make) => {
  const out = join(temporaryFolder(), 'page.html');
  const { proof } = await executeExport({ ...(await make()), as: 'html', out, name: 'x' }, quiet);
  expect(proof).toMatchObject({ kind: 'run', samples: { from: 'held-out' } });
  expect(proof.kind === 'run' && proof.difference).toBeLessThan(1e-5);
});

async function ofTable(sample: 'penguins' | 'diabetes', task: 'classification' | 'regression') {
  const datasetFolder = await packedSample(sample);
  return { datasetFolder, modelFolder: (await runTable(datasetFolder, task, { epochs: 2, model: 'mlp' })).outFolder };
}

it('where the data of a run cannot be had, it is compared on noise, and why is said', async () => {
  const datasetFolder = packedPictures({ count: 60, width: 8, height: 8 });
  const modelFolder = await runPictures(datasetFolder);
  const other = packedPictures({ count: 61, width: 8, height: 8 });
  rmSync(datasetFolder, { recursive: true });
  const damaged = temporaryFolder();
  writeFileSync(join(damaged, 'manifest.json'), '{');
  const gone = 'the data of the run is no longer there';
  for (const [data, why] of [
    [datasetFolder, gone],
    [undefined, gone],
    [other, 'the data there is not what the run was trained on'],
    [damaged, 'the data of the run is damaged'],
  ]) {
    const out = join(temporaryFolder(), 'taken');
    const { proof } = await executeExport({ modelFolder, as: 'tfjs', out, name: 'x', datasetFolder: data }, quiet);
    expect(proof).toMatchObject({ kind: 'run', samples: { count: 32, from: 'noise', why } });
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain(`noise, because ${why}`);
  }
});

it('nothing that lies there is replaced unasked, and no folder ever', async () => {
  const modelFolder = savedModel('small-cnn', [8, 8, 1]);
  const [file, folder] = [join(temporaryFolder(), 'page.html'), join(temporaryFolder(), 'taken')];
  writeFileSync(file, 'mine');
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const ask = (as: ExportName, out: string, replace: boolean) => executeExport({ modelFolder, as, out, name: 'x', replace }, quiet);
  for (const [as, out, replace] of [
    ['html', file, false],
    ['tfjs', folder, false],
    ['tfjs', folder, true],
  ] as const)
    expect(await sentenceOf(ask(as, out, replace))).toMatch(/already something called .*so that nothing is lost/);
  expect(await sentenceOf(ask('tfjs', modelFolder, true))).toMatch(/holds the run itself/);
  const weights = readFileSync(join(modelFolder, 'weights.bin'));
  const link = join(temporaryFolder(), 'link');
  symlinkSync(modelFolder, link, 'junction');
  for (const folder of [modelFolder, link])
    expect(await sentenceOf(ask('html', join(folder, 'weights.bin'), true))).toMatch(/lies in the folder of the run itself/);
  expect(readFileSync(join(modelFolder, 'weights.bin')).equals(weights)).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(readdirSync(folder)).toEqual(['mine.txt']);
  await ask('html', file, true);
  expect(readFileSync(file, 'utf8')).toContain('<!doctype html>');
});

it.each([
  ['half a model', (folder: string) => truncateSync(join(folder, 'weights.bin'), 99), /weights.bin is missing or was cut short/],
  ['no model', (folder: string) => rmSync(join(folder, 'model.json')), /no model.json/],
  [
    'another program’s model',
    (folder: string) => writeFileSync(join(folder, 'model.json'), '{"format":"layers-model"}'),
    /not made by Overbatch/,
  ],
  ['half a receipt', (folder: string) => writeFileSync(join(folder, 'receipt.json'), '{"format"'), /receipt.json is damaged/],
])('%s: one sentence, and nothing is left', async (_, harm, sentence) => {
  const modelFolder = savedModel('small-cnn', [8, 8, 1]);
  harm(modelFolder);
  const parent = temporaryFolder();
  expect(await sentenceOf(executeExport({ modelFolder, as: 'html', out: join(parent, 'page.html'), name: 'x' }, quiet))).toMatch(sentence);
  expect(readdirSync(parent)).toEqual([]);
});

it.runIf(process.getuid?.() === 0)('no room on the disk: one sentence, and nothing is left', async () => {
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  try {
    const modelFolder = savedModel('small-cnn', [8, 8, 1]);
    for (const [as, name] of [
      ['html', 'page.html'],
      ['tfjs', 'taken'],
    ] as const) {
      const out = join(disk, name);
      expect(await sentenceOf(executeExport({ modelFolder, as, out, name: 'x' }, quiet))).toMatch(
        /This export needs about .* Free some space there, or choose a place on another disk/,
      );
    }
    expect(readdirSync(disk)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});

it('what was cut off, or has another model’s weights, does not pass', async () => {
  const programs = await readPrograms();
  const modelFolder = savedModel('small-cnn', [8, 8, 1]);
  const model = await takeModel({ modelFolder, as: 'html', name: 'x' }, quiet);
  const { make, proof } = EXPORTERS.html;
  if (proof.kind !== 'run') throw new Error('The page is run.');
  const [{ path, bytes }] = await make(model, programs, notAsked);
  const differs = async (content: Uint8Array) =>
    largestDifference(proof.runnable([{ path, bytes: content }], programs), model.references!, quiet);
  expect(await differs(bytes), 'control').toBeLessThan(1e-5);
  for (const share of [0.2, 0.5, 0.95]) await expect(differs(bytes.slice(0, share * bytes.length)), `${share} of it`).rejects.toThrow();
  const moved = model.weights.map((w, i) => (i === 0 ? w.map((v) => v + 0.01) : w));
  const [other] = await make({ ...model, weights: moved }, programs, notAsked);
  expect(await differs(other.bytes)).toBeGreaterThan(proof.tolerance);
});

it('a model of other labels than letters: nothing in them becomes markup of the page or the README', async () => {
  const hostile = ['</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '# | `x` <b>'];
  const modelFolder = savedModel('small-cnn', [8, 8, 1], {}, hostile);
  const name = '</title><script>alert(1)</script>';
  const model = await takeModel({ modelFolder, as: 'html', name }, quiet);
  const [page] = await EXPORTERS.html.make(model, await readPrograms(), notAsked);
  const text = new TextDecoder().decode(page.bytes);
  // Too long to be shown where one is wrong.
  const count = (of: RegExp): number => [...text.matchAll(of)].length;
  expect([count(/<script[ >]/g), count(/<\/script>/g), count(/<img src=x/g), count(/\\u003cimg src=x onerror=alert\(1\)>/g)]).toEqual([
    5, 5, 0, 2,
  ]);
  const readme = new TextDecoder().decode(fileOf(await EXPORTERS.tfjs.make(model, await readPrograms(), notAsked), 'README.md'));
  expect(readme).not.toMatch(/(?<!\\)<(?:script|img|b)/);
  expect(existsSync(modelFolder)).toBe(true);
});
