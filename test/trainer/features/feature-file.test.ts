// Features on disk: what others do to the folder meanwhile hinders no run, what a killed one had made is taken over, and the newest are kept.
import { mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { canHaveFeatures, FeatureWriter, haveFeatures, removeOld, type FeaturePlace } from '#trainer/features/feature-file';

const named = (digit: string): string => `features-${digit.repeat(16)}.bin`;
/** Of four blocks. */
const placeIn = (folder: string): FeaturePlace => ({ folder, file: named('a'), count: 200, width: 1280 });

async function write(place: FeaturePlace, end = place.count): Promise<{ begun: number }> {
  const writer = await FeatureWriter.begin(place);
  const begun = writer.done;
  while (writer.done < end) writer.add(new Float32Array(place.width).fill(writer.done));
  if (end === place.count) await writer.finish();
  writer.end();
  return { begun };
}

it('takes over what a process had made that is no more, and leaves that of a running one', async () => {
  const place = placeIn(temporaryFolder());
  await write(place, 120);
  const [left] = readdirSync(place.folder);
  expect(left).toMatch(/^features-a{16}\.bin\.unfinished-/);
  // The first process there is runs as long as the machine.
  const running = `${place.file}.unfinished-1-0123abcd`;
  renameSync(join(place.folder, left), join(place.folder, running));
  expect((await write(place, 60)).begun, 'control').toBe(0);
  expect(readdirSync(place.folder)).toHaveLength(2);
  expect((await write(place)).begun).toBe(51);
  expect(readdirSync(place.folder).sort()).toEqual([place.file, running]);
  expect(haveFeatures(place)).toBe(true);
});

it('leaves nothing of what nobody could go on with', async () => {
  const place = placeIn(temporaryFolder());
  await write(place, 50);
  expect(readdirSync(place.folder)).toEqual([]);
});

it('does not believe a file of the right size', async () => {
  const [good, bad] = [placeIn(temporaryFolder()), placeIn(temporaryFolder())];
  await write(good);
  expect(haveFeatures(good), 'control').toBe(true);
  writeFileSync(join(bad.folder, bad.file), Buffer.alloc(200 * 4 * 1280 + 4 * 32));
  expect(haveFeatures(bad)).toBe(false);
  await write(bad);
  expect(haveFeatures(bad)).toBe(true);
});

it('keeps the newest up to so many bytes, and the very newest whatever it takes', async () => {
  const folder = temporaryFolder();
  const killed = `${named('3')}.unfinished-4194305-0123abcd`;
  for (const [i, name] of [named('0'), killed, named('1'), named('2')].entries()) {
    writeFileSync(join(folder, name), 'x'.repeat(100));
    utimesSync(join(folder, name), i, i);
  }
  symlinkSync(join(folder, 'nowhere'), join(folder, named('4')));
  await removeOld(folder, 350);
  expect(readdirSync(folder).sort()).toEqual([named('1'), named('2'), killed, named('4')].sort());
  await removeOld(folder, 250);
  expect(readdirSync(folder).sort()).toEqual([named('1'), named('2'), named('4')]);
  await removeOld(folder, 0);
  expect(readdirSync(folder).sort()).toEqual([named('2'), named('4')]);
});

it('says where none can be written', async () => {
  const place = placeIn(temporaryFolder());
  expect(await canHaveFeatures(place), 'control').toBe(true);
  expect(readdirSync(place.folder)).toEqual([]);
  expect(await canHaveFeatures({ ...place, count: 2 ** 40 }), 'no room').toBe(false);
  mkdirSync(join(place.folder, `${place.file}.unfinished-0-0123abcd`));
  expect(await canHaveFeatures(place)).toBe(false);
});
