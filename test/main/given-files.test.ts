// What is handed over from outside: which words of a command line are files, what lies behind them, and that it waits until it is settled.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { givenArguments } from '#main/given-arguments';
import { computer, exported, trainedRun } from '#test/support/run-files';
import { startApp, temporaryFolder, value } from './app';

const APP = path.resolve('/opt/app');
const given = (...words: string[]) => givenArguments({ argv: ['/opt/overbatch', ...words], folder: '/home/ann', appFolder: APP });

test('files of a command line: whole, from the folder it was typed in, or as an address; switches and the app itself are none', () => {
  expect(given()).toEqual([]);
  expect(given('--no-sandbox', APP, '--user-data-dir=/data', 'birds', '/mnt/a b.zip')).toEqual(['/home/ann/birds', '/mnt/a b.zip']);
  expect(given(`${APP}/`)).toEqual([]);
  expect(given('--', '-odd.csv', '--odder.csv')).toEqual(['/home/ann/-odd.csv', '/home/ann/--odder.csv']);
  expect(given('file:///mnt/a%20b.zip', 'https://example.com/a.zip', 'app://overbatch/x.zip')).toEqual(['/mnt/a b.zip']);
  expect(given('', 'x'.repeat(40_000), ...Array<string>(30).fill('a.csv'))).toHaveLength(20);
});

test('runs, data, and what is neither', async () => {
  const app = startApp();
  const from = computer();
  trainedRun(from, '0a0a0a0a-1111-4222-8333-444444444444');
  const runs = await exported(from, ['0a0a0a0a-1111-4222-8333-444444444444']);
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  mkdirSync(at('birds.runs.zip.d'));
  writeFileSync(at('renamed.zip'), readFileSync(runs));
  writeFileSync(at('photos.zip'), 'PK');
  writeFileSync(at('empty.zip'), '');
  writeFileSync(at('notes.docx'), '');
  writeFileSync(at('train-images-idx3-ubyte'), '');
  writeFileSync(at('broken.runs.zip'), 'no archive');
  writeFileSync(at('Short.OBRUNS'), '');
  execFileSync('mkfifo', [at('pipe.csv')]);

  const names = [
    'birds.runs.zip.d',
    'renamed.zip',
    'photos.zip',
    'empty.zip',
    'train-images-idx3-ubyte',
    'broken.runs.zip',
    'Short.OBRUNS',
  ];
  await app.given.take([...names, 'notes.docx', 'pipe.csv', 'gone.csv'].map(at));
  const waiting = await value(app.ask('getGiven'));
  expect(waiting.map(({ kind, name }) => [name, kind])).toEqual([
    ['birds.runs.zip.d', 'data'],
    ['renamed.zip', 'runs'],
    ['photos.zip', 'data'],
    ['empty.zip', 'data'],
    ['train-images-idx3-ubyte', 'data'],
    ['broken.runs.zip', 'runs'],
    ['Short.OBRUNS', 'runs'],
    ['notes.docx', 'refused'],
    ['pipe.csv', 'refused'],
    ['gone.csv', 'refused'],
  ]);
  const sentences = waiting.flatMap((each) => (each.kind === 'refused' ? [each.sentence] : []));
  expect(sentences).toEqual([
    expect.stringMatching(/^Overbatch cannot open “notes\.docx”\. It opens exported runs \(\.runs\.zip\), and data: .*\.$/),
    expect.stringMatching(/^“pipe\.csv” is no file but a device/),
    expect.stringMatching(/^There is no file or folder .*gone\.csv\. Check where it lies/),
  ]);
  // What the window holds opens the very file, and nothing else of it is known there.
  expect(JSON.stringify(waiting.slice(0, 7))).not.toContain(folder);
});

test('it waits until it is settled, and a window is told of each change', async () => {
  const app = startApp();
  const folder = temporaryFolder();
  await app.given.takeHanded({ files: [folder] });
  await app.given.take([path.join(folder, 'gone')]);
  const [first, second] = await value(app.ask('getGiven'));
  await value(app.ask('settleGiven', first.token));
  expect(await value(app.ask('getGiven'))).toEqual([second]);
  expect(app.events.flatMap((event) => (event.kind === 'given' ? [event.given.length] : []))).toEqual([1, 2, 1]);
});

test('another process hands over a list of names, or nothing', async () => {
  const app = startApp();
  const folder = temporaryFolder();
  for (const handed of [undefined, null, 'x', { files: folder }, { files: [{ folder }] }, { files: Array(21).fill(folder) }])
    await app.given.takeHanded(handed);
  expect(await value(app.ask('getGiven'))).toEqual([]);
  // A name that is not whole would be looked for wherever this process stands.
  await app.given.takeHanded({ files: ['package.json', '\0', pathToFileURL(folder).href] });
  expect((await value(app.ask('getGiven'))).map(({ kind }) => kind)).toEqual(['refused', 'refused', 'refused']);
});
