// A decoder that crashes or hangs is killed, the picture or mask is named, and everything else is read.
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyDataset } from '#datasets/verify-dataset';
import type { Child } from '#shared/child';
import type { CheckReport, DatasetManifest } from '#shared/dataset';
import { HostedImport, type Later } from '#shared/hosted-import';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import { buildSabotagedImporter, sabotaged, sabotagedPng, type Sabotage } from '#test/support/hostile/sabotage';
import { colourPng, maskFolder, stripes } from '#test/support/masks';
import { tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { ImporterProcess } from './importer-process';

const OPTIONS = { width: 8, height: 8, channels: 3 } as const;
/** Longer than an importer may be silent, shorter than a test. */
const SILENT_MS = 1_500;
let program: string;

beforeAll(async () => void (program = await buildSabotagedImporter('hosted')));

const later: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

/** Counts the processes it took. */
function host(of = program) {
  const lives: number[] = [];
  const start = (): Child<ImporterCommand, ImporterMessage> => {
    const child = fork(of, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    lives.push(child.pid!);
    return {
      post: (command) => void (child.connected && child.send(command, () => {})),
      onMessage: (listener) => void child.on('message', (message) => listener(message as ImporterMessage)),
      onExit: (listener) => void child.on('exit', (code, signal) => listener({ code, signal: signal ?? undefined })),
      kill: () => void child.kill('SIGKILL'),
    };
  };
  return { lives, start };
}

function folderWith(...sabotages: Sabotage[]): string {
  const folder = tinyImageFolder(['cat', 'dog'], 8);
  sabotages.forEach((how, i) => writeAt(folder, `dog/4-${i}-${how}.png`, sabotagedPng(how, 90 + i)));
  return folder;
}

const check = async (folder: string) => {
  const { lives, start } = host();
  const hosted = new HostedImport<CheckReport>(start, () => {}, later, SILENT_MS);
  const report = await hosted.run({ kind: 'check', folder }, (message) =>
    message.kind === 'checked' ? { result: message.report } : undefined,
  );
  const named = report.problems.map(({ file, kind, message }) => `${file} ${kind} ${/crashed|did not come to an end/.exec(message)?.[0]}`);
  return { named, lives, pictures: report.kind === 'table' ? undefined : report.pictures };
};

test.each<[Sabotage, string, number]>([
  ['crash', 'crashed', 3],
  ['spin', 'did not come to an end', 3],
])('a decoder that will %s: the picture is named, the others are read', async (how, words, processes) => {
  const { named, lives, pictures } = await check(folderWith(how));
  expect(named).toEqual([`dog/4-0-${how}.png unreadable ${words}`]);
  expect(pictures).toBe(16);
  expect(lives).toHaveLength(processes);
});

test('several of them, and nothing of them is left behind by the import', async () => {
  const folder = temporaryFolder();
  const into = join(folder, 'version');
  const hosted = new HostedImport<DatasetManifest>(host().start, () => {}, later, SILENT_MS);
  const command = { kind: 'import', folder: folderWith('crash', 'spin', 'crash', 'crash'), options: OPTIONS, into } as const;
  const manifest = await hosted.run(command, (message) => (message.kind === 'imported' ? { result: message.manifest } : undefined));
  expect(manifest).toMatchObject({ count: 16 });
  expect(manifest.leftOut.map(({ file }) => file)).toEqual([
    'dog/4-0-crash.png',
    'dog/4-1-spin.png',
    'dog/4-2-crash.png',
    'dog/4-3-crash.png',
  ]);
  await verifyDataset(into);
  expect(readdirSync(folder)).toEqual(['version']);
});

describe('a mask', () => {
  const at = (how: Sabotage): string => {
    const folder = maskFolder({ count: 8, write: colourPng });
    writeAt(folder, 'masks/p3.png', sabotaged(how, colourPng(16, 16, stripes(16, 16, 2))));
    return folder;
  };

  test.each<[Sabotage, string, number]>([
    ['crash', 'crashed', 3],
    ['spin', 'did not come to an end', 2],
  ])('at which the decoder will %s is named, and the other pairs are read', async (how, words, processes) => {
    const { named, lives, pictures } = await check(at(how));
    expect(named).toEqual([`masks/p3.png unreadable ${words}`]);
    expect(pictures).toBe(7);
    expect(lives).toHaveLength(processes);
  });

  test('is left out of an import with its picture', async () => {
    const folder = temporaryFolder();
    const into = join(folder, 'version');
    const hosted = new HostedImport<DatasetManifest>(host().start, () => {}, later, SILENT_MS);
    const command = { kind: 'import', folder: at('crash'), options: { kind: 'segmentation', ...OPTIONS }, into } as const;
    const manifest = await hosted.run(command, (message) => (message.kind === 'imported' ? { result: message.manifest } : undefined));
    expect(manifest).toMatchObject({ kind: 'segmentation', count: 7, leftOut: [{ file: 'masks/p3.png', kind: 'unreadable' }] });
    await verifyDataset(into);
    expect(readdirSync(folder)).toEqual(['version']);
  });
});

test('without pictures like that one process is enough', async () => {
  expect(await check(folderWith())).toMatchObject({ named: [], pictures: 16, lives: [expect.any(Number)] });
});

test('a process that says nothing at all is ended, and so is the next, which knows no file either', async () => {
  const silent = writeAt(temporaryFolder(), 'silent.cjs', 'setInterval(() => {}, 1000)');
  const { lives, start } = host(silent);
  const hosted = new HostedImport(start, () => {}, later, 300);
  await expect(hosted.run({ kind: 'check', folder: folderWith() }, () => undefined)).rejects.toThrow(
    /the process that reads pictures ended/,
  );
  expect(lives).toHaveLength(2);
});

test('cancelled, it ends at once', async () => {
  const hosted = new HostedImport(host().start, () => {}, later, SILENT_MS);
  const checking = hosted.run({ kind: 'check', folder: folderWith('spin') }, () => undefined);
  hosted.cancel();
  await expect(checking).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
});

test('control: without a host the crash ends the check', async () => {
  const importer = new ImporterProcess(program);
  importer.send({ kind: 'check', folder: folderWith('crash') });
  await expect(importer.answers(1)).rejects.toThrow(/ended/);
});
