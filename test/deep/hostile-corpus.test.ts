// Every hostile file in every place where something of its kind may lie: read as a reference reads it, or refused by name, quickly and in
// little memory.
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileProblem } from '#shared/dataset';
import { arrayValues, cifarBatch, idxBytes, npyBytes } from '#test/support/arrays';
import { buildProgram } from '#test/support/build-program';
import { hostileCorpus, type HostileFile } from '#test/support/hostile/corpus';
import { pixelDifference, wrongWith } from '#test/support/hostile/fuzz';
import { HostileHost } from '#test/support/hostile/host';
import type { HostileInput, HostileOutcome } from '#test/support/hostile/protocol';
import { PICTURES } from '#test/support/hostile/subjects';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { Reference } from '#test/support/reference/reader';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';
import { buildImporter, ImporterProcess } from '../datasets/importer-process';

const MOST_BYTES = 600e6;

let corpus: HostileFile[];
let host: HostileHost;
let reference: Reference;
let importer: string;
/** As a picture of its own: what is refused, and why. */
const outcomes = new Map<string, HostileOutcome>();

beforeAll(async () => {
  corpus = await hostileCorpus();
  host = new HostileHost(await buildProgram('test/support/hostile/process.ts', 'hostile'));
  importer = await buildImporter();
  reference = await Reference.start();
}, 10 * 60_000);
afterAll(async () => {
  host?.close();
  await reference?.end();
});

test('there are at least 120, each with a name of its own', () => {
  console.log(`${corpus.length} hostile files`);
  expect(corpus.length).toBeGreaterThanOrEqual(120);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

test('as a picture: refused with its reason, or read as Pillow reads it', async () => {
  const [wrong, alone]: [string[], string[]] = [[], []];
  let compared = 0;
  for (const { name, bytes } of corpus) {
    const outcome = await host.read({ kind: 'picture', bytes });
    outcomes.set(name, outcome);
    const problem = wrongWith(outcome);
    if (problem) wrong.push(`${name}: ${problem}`);
    if (outcome.kind !== 'accepted') continue;
    const answer = await reference.ask('p', bytes);
    if ('refused' in answer) alone.push(`${name}: ${answer.refused}`);
    else {
      const isJpeg = bytes[0] === 0xff;
      const off = pixelDifference(outcome.pictures[0].pixels!, answer.body, isJpeg ? { largest: 16, mean: 1 } : { largest: 0, mean: 0 });
      compared++;
      if (off) wrong.push(`${name}: ${off}`);
    }
  }
  console.log(`${compared} read and compared, slowest ${Math.round(host.slowestMs)} ms, at most ${Math.round(host.peakBytes / 1e6)} MB`);
  expect(wrong).toEqual([]);
  expect(alone).toEqual([]);
  expect(compared).toBeGreaterThan(0);
  expect(host.peakBytes).toBeLessThan(MOST_BYTES);
});

const LABELS = idxBytes([9], Buffer.from(Array.from({ length: 9 }, (_, i) => i % 3)));
/** Of every importer, with good files beside it. */
const ROLES: [string, (file: HostileFile) => Extract<HostileInput, { kind: 'source' }>][] = [
  ['IDX', ({ name, bytes }) => source(named('train-images-idx3-ubyte', name, bytes), { name: 'train-labels-idx1-ubyte', bytes: LABELS })],
  [
    'labels of IDX',
    ({ bytes }) =>
      source(
        { name: 'train-images-idx3-ubyte', bytes: idxBytes([9, 5, 4], arrayValues(9, 20)) },
        { name: 'train-labels-idx1-ubyte', bytes },
      ),
  ],
  ['CIFAR', ({ bytes }) => source({ name: 'data_batch_1.bin', bytes }, { name: 'test_batch.bin', bytes: cifarBatch(4) })],
  ['NumPy', ({ bytes }) => source({ name: 'x.npy', bytes }, { name: 'y.npy', bytes: npyBytes('|u1', [6], Buffer.alloc(6)) })],
  [
    'labels of NumPy',
    ({ bytes }) => source({ name: 'x.npy', bytes: npyBytes('|u1', [6, 5, 4], arrayValues(6, 20)) }, { name: 'y.npy', bytes }),
  ],
  ['npz', ({ bytes }) => ({ ...source({ name: 'data.npz', bytes }), chosen: 'data.npz' })],
  ['a list of file and label', ({ bytes }) => source({ name: 'labels.csv', bytes }, ...PICTURES)],
  ['a list that was chosen', ({ bytes }) => ({ ...source({ name: 'labels.csv', bytes }, ...PICTURES), chosen: 'labels.csv' })],
  ['an archive', ({ bytes }) => ({ ...source({ name: 'pets.zip', bytes }), chosen: 'pets.zip' })],
];

const source = (...files: HostileFile[]): Extract<HostileInput, { kind: 'source' }> => ({ kind: 'source', files });
const named = (name: string, like: string, bytes: Buffer): HostileFile => ({ name: like.endsWith('.gz') ? `${name}.gz` : name, bytes });

test.each(ROLES)('as %s: refused with its reason, or read', async (role, make) => {
  const wrong: string[] = [];
  const counts = { accepted: 0, refused: 0 };
  for (const file of corpus) {
    const outcome = await host.read(make(file));
    const problem = wrongWith(outcome);
    if (problem) wrong.push(`${file.name}: ${problem}`);
    if (outcome.kind === 'accepted' || outcome.kind === 'refused') counts[outcome.kind]++;
  }
  console.log(
    `${role}: ${JSON.stringify(counts)}, slowest ${Math.round(host.slowestMs)} ms, at most ${Math.round(host.peakBytes / 1e6)} MB`,
  );
  expect(wrong).toEqual([]);
  expect(host.peakBytes).toBeLessThan(MOST_BYTES);
});

async function checked(path: string): Promise<{ problems: FileProblem[]; pictures: number; peakBytes: number }> {
  const process = new ImporterProcess(importer);
  process.send({ kind: 'check', folder: path });
  const [answer] = await process.answers(1);
  const peakBytes = process.peakBytes();
  await process.end();
  if (answer.kind !== 'checked' || answer.report.kind === 'table') throw new Error(JSON.stringify(answer).slice(0, 500));
  return { problems: answer.report.problems, pictures: answer.report.pictures, peakBytes };
}

describe('all of them among good pictures', () => {
  /** Every file among `classes`, whatever its name says. */
  const filled = (at: (i: number, name: string) => string, folder = tinyImageFolder(['cat', 'dog'], 6)): string => {
    corpus.forEach(({ name, bytes }, i) => writeAt(folder, at(i, name), bytes));
    return folder;
  };
  const zipped = (folder: string): string => {
    const out = temporaryFolder();
    writeAt(out, 'all.zip', zipBytes(zipOfFolder(folder)));
    return join(out, 'all.zip');
  };
  const split = () => {
    const folder = temporaryFolder();
    for (const part of ['train', 'val']) tinyImageFolder(['cat', 'dog'], 3, folder, part);
    return folder;
  };
  const flat = () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 12; i++) writeAt(folder, `${i % 2 ? 'cat' : 'dog'}_${1_000 + i}.png`, pngBytes({ seed: 300 + i }));
    return folder;
  };
  const pad = (i: number) => String(i).padStart(3, '0');

  test.each<[string, () => string]>([
    ['class folders', () => filled((i, name) => `${i % 2 ? 'cat' : 'dog'}/${name}`)],
    ['split and class folders', () => filled((i, name) => `${i % 3 ? 'train' : 'val'}/${i % 2 ? 'cat' : 'dog'}/${name}`, split())],
    ['names that carry the label', () => filled((i) => `${i % 2 ? 'cat' : 'dog'}_${pad(i)}.png`, flat())],
    ['an archive of class folders', () => zipped(filled((i, name) => `${i % 2 ? 'cat' : 'dog'}/${name}`))],
  ])('%s', async (_, make) => {
    const { problems, pictures, peakBytes } = await checked(make());
    const left = new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file));
    console.log(`${pictures} used, ${left.size} left out, at most ${Math.round(peakBytes / 1e6)} MB`);
    for (const { file, message } of problems) expect(message, file).toMatch(/^.{10,}[.;!?].*\.$/s);
    // Nothing is silent: what is not used is named.
    expect(pictures + left.size).toBe(corpus.length + 12);
    const refused = corpus.filter(({ name }) => outcomes.get(name)!.kind === 'refused').length;
    expect(left.size).toBeGreaterThanOrEqual(refused);
    expect(peakBytes).toBeLessThan(MOST_BYTES);
  });
});

test('tricks of a file system: loops of links, ways out, names that are no text, pipes, folders in place of pictures, sparse giants', async () => {
  const folder = tinyImageFolder(['cat', 'dog'], 6);
  symlinkSync('loop', join(folder, 'cat', 'loop'));
  symlinkSync('../cat', join(folder, 'cat', 'round'));
  symlinkSync('/etc/passwd', join(folder, 'cat', 'out.png'));
  symlinkSync('nowhere', join(folder, 'cat', 'nowhere.png'));
  mkdirSync(join(folder, 'cat', 'folder.png'));
  writeFileSync(
    Buffer.concat([Buffer.from(join(folder, 'cat/')), Buffer.from([0xff, 0xfe, 0x2e, 0x70, 0x6e, 0x67])]),
    pngBytes({ seed: 80 }),
  );
  const noText = Buffer.concat([Buffer.from(join(folder, 'cat/')), Buffer.from([0xe4])]);
  mkdirSync(noText);
  writeFileSync(Buffer.concat([noText, Buffer.from('/x.png')]), pngBytes({ seed: 81 }));
  for (let i = 0; i < 10; i++) truncateSync(writeAt(folder, `dog/sparse-${i}.png`, ''), i < 8 ? 250e6 : 300e9);
  const { problems, pictures, peakBytes } = await checked(folder);
  console.log(`sparse giants: at most ${Math.round(peakBytes / 1e6)} MB`);
  expect(problems.map(({ file, kind }) => `${file} ${kind}`)).toEqual([
    'cat/loop unreadable',
    'cat/nowhere.png unreadable',
    'cat/out.png outside-folder',
    'cat/round duplicate',
    'cat/\uFFFD unreadable',
    'cat/\uFFFD\uFFFD.png unreadable',
    ...Array.from({ length: 8 }, (_, i) => `dog/sparse-${i}.png not-a-picture`),
    ...Array.from({ length: 2 }, (_, i) => `dog/sparse-${8 + i}.png too-large`),
  ]);
  expect(pictures).toBe(12);
  expect(peakBytes).toBeLessThan(MOST_BYTES);
});

test('control: a corpus file put back whole is read', async () => {
  const whole = readFileSync(join(__dirname, '..', 'fixtures', 'pictures', 'progressive.jpg'));
  expect((await host.read({ kind: 'picture', bytes: whole })).kind).toBe('accepted');
});
