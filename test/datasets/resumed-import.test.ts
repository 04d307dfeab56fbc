// An import that is killed goes on where it was, and comes to the version of an import that nobody disturbed. What does not lie there as it was
// noted, or was made of something else, is done again.
import {
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { readJournal } from '#datasets/journal';
import { verifyDataset } from '#datasets/verify-dataset';
import type { ImportOptions } from '#shared/dataset';
import type { Care } from '#shared/hosted-import';
import { buildProgram } from '#test/support/build-program';
import { maskFolder } from '#test/support/masks';
import { idxBytes } from '#test/support/arrays';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';
import { buildImporter, ImporterProcess } from './importer-process';

const EACH = 300;
const SIZE = { width: 96, height: 96, channels: 3 } as const;
let program: string;
beforeAll(async () => void (program = await buildImporter('resumed-importer')));

const picture = (seed: number) => pngBytes({ width: 64, height: 64, seed });
const PICTURES: [file: string, bytes: Uint8Array][] = [
  ...['cat', 'dog'].flatMap((label, i) =>
    Array.from({ length: EACH }, (_, k): [string, Uint8Array] => [`${label}/${k}.png`, picture(k + 5000 * i)]),
  ),
  // Left out for what is known only at the end, and at once.
  ['dog/copy-of-a-cat.png', picture(3)],
  ['cat/cut.png', pngBytes({ seed: 8 }).subarray(0, 300)],
];

function pictures(): string {
  const folder = temporaryFolder();
  for (const [file, bytes] of PICTURES) writeAt(folder, file, bytes);
  return folder;
}

/** Imports one source to one place, in a process that is killed when so many parts are noted. */
class Attempts {
  readonly root = temporaryFolder();
  readonly into = join(this.root, 'version');
  isAlone = false;

  constructor(
    private readonly source: string,
    private options: ImportOptions = SIZE,
  ) {}

  async killedAfter(parts: number, of = program, care?: Care): Promise<void> {
    const importer = this.#start(of, care);
    while (((await readJournal(this.left()))?.parts.length ?? 0) < parts) await sleep(1);
    await importer.kill();
    expect(existsSync(this.into)).toBe(false);
  }

  /** `from`: what was taken over. */
  async finished(of = program, options = this.options): Promise<{ contentHash: string; from: number; leftOut: string[] }> {
    this.options = options;
    const importer = this.#start(of);
    const [imported] = await importer.answers(1);
    await importer.end();
    if (imported.kind !== 'imported') throw new Error(JSON.stringify(imported));
    expect(readdirSync(this.root)).toEqual(['version']);
    expect(readdirSync(this.into).filter((name) => !/^(manifest\.json|samples\.bin|masks\.bin)$/.test(name))).toEqual([]);
    const { contentHash, leftOut } = imported.manifest;
    return { contentHash, from: importer.takenOver(), leftOut: leftOut.map(({ file, kind }) => `${file} ${kind}`) };
  }

  /** What lies there of an import that was killed. */
  left(): string {
    return join(this.root, readdirSync(this.root).find((name) => name.includes('.unfinished-')) ?? 'nothing');
  }

  #start(of: string, care?: Care): ImporterProcess {
    const importer = new ImporterProcess(of);
    importer.send({ kind: 'import', folder: this.source, options: this.options, into: this.into, isAlone: this.isAlone, care });
    return importer;
  }
}

let undisturbed: Promise<string> | undefined;
/** Of the pictures as they are; imported once. */
const contentUndisturbed = (): Promise<string> =>
  (undisturbed ??= new Attempts(pictures()).finished().then(({ contentHash }) => contentHash));

const SOURCES: [string, () => [string, ImportOptions]][] = [
  ['a folder', () => [pictures(), SIZE]],
  [
    'an archive',
    () => {
      const folder = temporaryFolder();
      writeAt(folder, 'pets.zip', zipBytes(zipOfFolder(pictures())));
      return [join(folder, 'pets.zip'), SIZE];
    },
  ],
  [
    'a folder of arrays',
    () => {
      const folder = temporaryFolder();
      const noise = Buffer.concat(Array.from({ length: EACH }, (_, i) => createHash('sha512').update(`${i}`).digest()));
      writeAt(folder, 'train-images-idx3-ubyte', idxBytes([EACH, 8, 8], noise));
      writeAt(
        folder,
        'train-labels-idx1-ubyte',
        idxBytes(
          [EACH],
          Uint8Array.from({ length: EACH }, (_, i) => i % 8),
        ),
      );
      return [folder, SIZE];
    },
  ],
  ['pictures with masks', () => [maskFolder({ count: EACH, width: 64, height: 64, classes: 3 }), { kind: 'segmentation', ...SIZE }]],
];

test.each(SOURCES)('%s, killed twice', async (_, make) => {
  const [source, options] = make();
  const undisturbed = await new Attempts(source, options).finished();
  expect(undisturbed.from).toBe(0);
  const attempts = new Attempts(source, options);
  for (const parts of [1, 5]) await attempts.killedAfter(parts);
  const { from, ...made } = await attempts.finished();
  expect(from).toBeGreaterThan(100);
  expect(made).toEqual({ contentHash: undisturbed.contentHash, leftOut: undisturbed.leftOut });
  await verifyDataset(attempts.into);
});

describe('what is not as it was noted is done again', () => {
  /** A byte of what was packed, far behind the first part. */
  function damage(folder: string): void {
    const file = openSync(join(folder, 'samples.bin'), 'r+');
    writeSync(file, Buffer.from([readFileSync(join(folder, 'samples.bin'))[2_500_000] ^ 1]), 0, 1, 2_500_000);
  }

  /** The first two samples of the second part say each other's name, and every sum is right. */
  function lie(folder: string): void {
    const path = join(folder, 'journal.jsonl');
    const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
    let sum = JSON.parse(head).identity as string;
    const told = lines.map((line, i) => {
      const { entries } = JSON.parse(line);
      if (i === 1) [entries[0].row.key, entries[1].row.key] = [entries[1].row.key, entries[0].row.key];
      sum = createHash('sha256').update(sum).update(JSON.stringify(entries)).digest('hex');
      return JSON.stringify({ sum, entries });
    });
    writeFileSync(path, [head, ...told, ''].join('\n'));
  }

  test.each([
    ['a byte that changed on the disk', damage, 30, 100],
    ['a journal that lies', lie, 30, 60],
    ['a journal with a word changed', (folder: string) => change(folder, /"height":64/, '"height":65'), 0, 0],
    ['a journal that is cut off', (folder: string) => change(folder, /.{50}\n$/, ''), 30, EACH],
    ['samples that are cut off', (folder: string) => writeFileSync(join(folder, 'samples.bin'), 'short'), 0, 0],
  ])('%s', async (_, spoil, least, most) => {
    const attempts = new Attempts(pictures());
    await attempts.killedAfter(5);
    spoil(attempts.left());
    const { from, contentHash } = await attempts.finished();
    expect(contentHash).toBe(await contentUndisturbed());
    expect(from).toBeGreaterThanOrEqual(least);
    expect(from).toBeLessThanOrEqual(most);
    await verifyDataset(attempts.into);
  });

  function change(folder: string, from: RegExp, to: string): void {
    const path = join(folder, 'journal.jsonl');
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(path, text.replace(from, to));
  }

  test('control: where nothing is proven, the lie is believed', async () => {
    const credulous = await buildProgram('src/datasets/process.ts', 'credulous-importer', [
      {
        name: 'credulous',
        enforce: 'pre',
        transform(code, id) {
          if (!id.endsWith('take-over.ts')) return undefined;
          const changed = code.replace('contentKey(...parts) === key', 'true');
          if (changed === code) throw new Error('Nothing was replaced.');
          return changed;
        },
      },
    ]);
    const attempts = new Attempts(pictures());
    await attempts.killedAfter(5, credulous);
    damage(attempts.left());
    await attempts.finished(credulous);
    await expect(verifyDataset(attempts.into)).rejects.toThrow();
  });
});

/** Another picture in as many bytes. */
function changePicture(source: string, file: string): void {
  const path = join(source, file);
  const other = picture(77_777);
  const { size } = statSync(path);
  writeFileSync(path, Buffer.concat([other, Buffer.alloc(size)]).subarray(0, size));
}

test('a picture that changed since, though it is as long and as old, is read again', async () => {
  const source = pictures();
  const attempts = new Attempts(source);
  await attempts.killedAfter(5);
  const { atime, mtime } = statSync(join(source, 'cat/120.png'));
  changePicture(source, 'cat/120.png');
  utimesSync(join(source, 'cat/120.png'), atime, mtime);
  const { from, contentHash } = await attempts.finished();
  expect(from).toBeLessThan(120);
  expect(contentHash).toBe((await new Attempts(source).finished()).contentHash);
});

test('another folder moved into its place, older than what was packed, is read from its beginning', async () => {
  const source = pictures();
  const other = join(temporaryFolder(), 'other');
  cpSync(source, other, { recursive: true });
  changePicture(other, 'cat/0.png');
  const attempts = new Attempts(source);
  await attempts.killedAfter(5);
  renameSync(source, join(temporaryFolder(), 'away'));
  renameSync(other, source);
  const { from, contentHash } = await attempts.finished();
  expect(from).toBe(0);
  expect(contentHash).toBe((await new Attempts(source).finished()).contentHash);
});

test('a mask at which the killed process knew a crash is told by the next one, which knows of none', async () => {
  const source = maskFolder({ count: EACH, width: 64, height: 64, classes: 3 });
  const attempts = new Attempts(source, { kind: 'segmentation', ...SIZE });
  await attempts.killedAfter(3, program, { ended: [{ file: 'masks/p1.png', message: 'It crashed.' }], oneByOne: false });
  const { from, leftOut } = await attempts.finished();
  expect(from).toBeGreaterThan(30);
  expect(leftOut).toEqual(['masks/p1.png unreadable']);
});

test('where it is known that nobody writes, the number of a running process hinders nothing', async () => {
  const attempts = new Attempts(pictures());
  await attempts.killedAfter(3);
  renameSync(attempts.left(), `${attempts.into}.unfinished-${process.pid}-0123abcd`);
  const importer = new ImporterProcess(program);
  importer.send({ kind: 'look-for-stopped', into: attempts.into });
  importer.send({ kind: 'look-for-stopped', into: attempts.into, isAlone: true });
  const [control, alone] = await importer.answers(2);
  await importer.end();
  expect(control).toEqual({ kind: 'stopped-at', at: undefined });
  expect(alone).toMatchObject({ at: { folder: attempts.left(), total: 2 * EACH + 2 } });
  attempts.isAlone = true;
  expect((await attempts.finished()).from).toBeGreaterThan(30);
});

test('other settings begin anew, and what was left is gone', async () => {
  const attempts = new Attempts(pictures());
  await attempts.killedAfter(2);
  expect((await attempts.finished(program, { ...SIZE, width: 64 })).from).toBe(0);
});
