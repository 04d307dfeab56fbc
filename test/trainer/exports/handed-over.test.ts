// What lies on the disk is held against what was handed over, in files written piece by piece too.
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ExportFile } from '#exports/exporter';
import { temporaryFolder } from '#test/support/temporary-folder';
import { writeFolder } from '#trainer/atomic';
import { HandedOver } from '#trainer/exports/handed-over';

const piece = (value: number): Uint8Array => new Uint8Array(1000).fill(value);
const file = (pieces: number): ExportFile => ({
  path: 'data/samples.npy',
  bytes: piece(0),
  size: 4000,
  *rest() {
    for (let i = 1; i <= pieces; i++) yield piece(i);
  },
});

async function written(given: ExportFile): Promise<{ handedOver: HandedOver; folder: string; path: string }> {
  const [handedOver, folder] = [new HandedOver(), join(temporaryFolder(), 'taken')];
  await writeFolder(folder, { [given.path]: () => handedOver.contentOf(given) });
  return { handedOver, folder, path: join(folder, given.path) };
}

it('what is whole is counted', async () => {
  const { handedOver, folder } = await written(file(3));
  expect(await handedOver.readAgain(folder)).toBe(4000);
});

it.each([2, 4])('%i pieces where 3 were promised are refused', (pieces) =>
  expect(written(file(pieces))).rejects.toThrow(`was to have 4000 bytes and came to ${1000 * (1 + pieces)}`),
);

it.each<[string, (path: string) => void]>([
  ['cut short', (path) => truncateSync(path, 3999)],
  ['longer', (path) => appendFileSync(path, 'x')],
  ['other', (path) => writeFileSync(path, Buffer.alloc(4000))],
  ['gone', (path) => rmSync(path)],
])('a file that is %s on the disk is not what was written', async (_, harm) => {
  const { handedOver, folder, path } = await written(file(3));
  harm(path);
  await expect(handedOver.readAgain(folder)).rejects.toThrow();
});

it('where one file fails the first reason is told, and the others are closed and not written to their end', async () => {
  const folder = join(temporaryFolder(), 'taken');
  let pieces = 0;
  function* endless(): Generator<Uint8Array> {
    for (; pieces < 1e6; pieces++) yield piece(1);
  }
  function* failing(): Generator<Uint8Array> {
    yield piece(1);
    throw new Error('the first');
  }
  await expect(writeFolder(folder, { endless, failing })).rejects.toThrow('the first');
  expect(pieces).toBeLessThan(1000);
});
