// The importing process answers each command, one at a time; killed at any moment it leaves a whole version or none.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { verifyDataset } from '#datasets/verify-dataset';
import { jpegBytes, pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { buildImporter, ImporterProcess } from './importer-process';

const KILLS = 8;
const NOBODY = 65534;
const OPTIONS = { width: 64, height: 64, channels: 3 } as const;
let program: string;

beforeAll(async () => void (program = await buildImporter()));

test('checks, imports and shows, one command after the other, and ends with its host', async () => {
  const root = tinyImageFolder(['cat', 'dog'], 4);
  writeAt(root, 'cat/bad.png', 'bad');
  const into = join(temporaryFolder(), 'version');
  const importer = new ImporterProcess(program);
  importer.send({ kind: 'check', folder: root });
  importer.send({ kind: 'import', folder: root, options: OPTIONS, into });
  importer.send({ kind: 'thumbnails', folder: into, perClass: 1 });
  importer.send({ kind: 'check', folder: join(root, 'nowhere') });
  const [checked, imported, shown, failed] = await importer.answers(4);
  await importer.end();
  expect(checked).toMatchObject({ kind: 'checked', report: { pictures: 8, problems: [{ file: 'cat/bad.png', kind: 'not-a-picture' }] } });
  expect(imported).toMatchObject({ kind: 'imported', folder: into, manifest: { count: 8, labels: ['cat', 'dog'] } });
  expect(imported.kind === 'imported' && imported.bytesOnDisk).toBeGreaterThan(8 * 64 * 64 * 3);
  expect(shown.kind === 'thumbnails' && shown.thumbnails.map(({ label, pixels }) => `${label} ${pixels.length}`)).toEqual([
    'cat 12288',
    'dog 12288',
  ]);
  expect(shown.kind === 'thumbnails' && shown.thumbnails[0].pixels).toBeInstanceOf(Uint8Array);
  expect(failed).toEqual({ kind: 'failure', failure: { kind: 'dataset-missing', path: join(root, 'nowhere') } });
  expect(importer.messages).toContainEqual({ kind: 'progress', progress: { stage: 'decode', done: 9, total: 9 } });
});

test('opened in threads, small and large pictures come to the version that one thread makes, and the same are left out', async () => {
  const root = tinyImageFolder(['cat', 'dog'], 40);
  writeAt(root, 'cat/photo.jpg', await jpegBytes({ width: 90, height: 70 }));
  writeAt(root, 'cat/clear.png', pngBytes({ channels: 4, width: 31, height: 17 }));
  // More than a thread decodes without asking.
  for (const seed of [1, 2, 3]) writeAt(root, `dog/large-${seed}.png`, pngBytes({ width: 1_300, height: 1_000, seed }));
  writeAt(root, 'dog/whole.png', pngBytes({ seed: 7 }));
  writeAt(root, 'dog/cut.png', pngBytes({ seed: 8 }).subarray(0, 300));
  writeAt(root, 'dog/really.jpg', pngBytes({ seed: 9 }));
  const folder = temporaryFolder();
  const here = await importFolder(root, OPTIONS, join(folder, 'here'));
  const importer = new ImporterProcess(program);
  importer.send({ kind: 'import', folder: root, options: OPTIONS, into: join(folder, 'threads') });
  const [imported] = await importer.answers(1);
  await importer.end();
  expect(imported).toMatchObject({ kind: 'imported', manifest: { contentHash: here.contentHash, samples: here.samples } });
  expect(imported.kind === 'imported' && imported.manifest.leftOut).toEqual(here.leftOut);
  expect(here.leftOut.map(({ file }) => file)).toEqual(['dog/cut.png']);
});

test(`killed ${KILLS} times while importing: never half a version, and nothing is left of them when the last one is whole`, async () => {
  const root = tinyImageFolder(['cat', 'dog'], 250);
  const folder = temporaryFolder();
  const into = join(folder, 'version');
  let unfinished = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const importer = new ImporterProcess(program);
    onTestFinished(() => importer.kill());
    importer.send({ kind: 'import', folder: root, options: OPTIONS, into });
    await importer.untilDecoding();
    await sleep(kill * 30);
    await importer.kill();
    if (existsSync(into)) {
      await verifyDataset(into);
      rmSync(into, { recursive: true });
    } else unfinished++;
    // Only that of the one killed just now: it took over its predecessor's.
    expect(readdirSync(folder).filter((name) => name.includes('.unfinished-')).length).toBeLessThanOrEqual(1);
  }
  expect(unfinished).toBeGreaterThan(0);
  const importer = new ImporterProcess(program);
  importer.send({ kind: 'import', folder: root, options: OPTIONS, into });
  expect((await importer.answers(1))[0]).toMatchObject({ kind: 'imported', manifest: { count: 500 } });
  await importer.end();
  expect(readdirSync(folder)).toEqual(['version']);
});

test.skipIf(process.platform === 'win32')('names files that may not be opened and a place that may not be written to', async ({ skip }) => {
  const uid = process.getuid?.() === 0 ? NOBODY : undefined;
  skip(uid !== undefined && !canRead(uid), 'nobody may read this checkout');
  const [root, sealed] = [tinyImageFolder(), temporaryFolder()];
  const closed = tinyImageFolder();
  chmodSync(root, 0o755);
  chmodSync(join(root, 'cat', '0.png'), 0);
  chmodSync(join(root, 'dog'), 0);
  for (const folder of [closed, sealed]) chmodSync(folder, folder === sealed ? 0o555 : 0);
  const importer = new ImporterProcess(program, uid);
  onTestFinished(() => {
    for (const folder of [join(root, 'dog'), closed, sealed]) chmodSync(folder, 0o755);
    return importer.kill();
  });
  importer.send({ kind: 'check', folder: root });
  importer.send({ kind: 'check', folder: closed });
  importer.send({ kind: 'import', folder: root, options: OPTIONS, into: join(sealed, 'version') });
  const [checked, unopened, unwritten] = await importer.answers(3);
  expect(checked).toMatchObject({
    report: {
      problems: [
        { file: 'cat/0.png', kind: 'unreadable' },
        { file: 'dog', kind: 'unreadable' },
      ],
      blocking: [expect.stringContaining('"dog"')],
    },
  });
  expect(unopened).toMatchObject({ failure: { kind: 'dataset-invalid', problem: expect.stringContaining('may not be opened') } });
  expect(unwritten).toMatchObject({ failure: { kind: 'no-permission', path: expect.stringContaining(sealed) } });
});

function canRead(uid: number): boolean {
  try {
    execFileSync(process.execPath, ['-e', `require('fs').accessSync(${JSON.stringify(program)}, 4)`], { uid, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
