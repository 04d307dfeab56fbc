// Features on disk: what others do to the folder meanwhile hinders no run, and the newest are kept.
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { canHaveFeatures, FeatureWriter, haveFeatures } from '#trainer/features/feature-file';

const named = (digit: string): string => `features-${digit.repeat(16)}.bin`;
const placeIn = (folder: string) => ({ folder, file: named('a'), count: 1, width: 2 });

function write(folder: string): void {
  const writer = new FeatureWriter(placeIn(folder));
  writer.add(Float32Array.of(1, 2), 0);
  writer.finish();
}

it('keeps the newest two, whatever cannot be looked at or taken away beside them', () => {
  const folder = temporaryFolder();
  for (const digit of ['0', '1']) {
    writeFileSync(join(folder, named(digit)), digit);
    utimesSync(join(folder, named(digit)), Number(digit), Number(digit));
  }
  symlinkSync(join(folder, 'nowhere'), join(folder, named('2')));
  // No process has this number; a folder is not what `force` removes.
  const killed = `${named('3')}.4194305.unfinished`;
  mkdirSync(join(folder, killed));
  write(folder);
  expect(haveFeatures(placeIn(folder))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual([named('1'), named('2'), killed, named('a')]);
});

it('says where none can be written', () => {
  const folder = temporaryFolder();
  expect(canHaveFeatures(placeIn(folder)), 'control').toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  expect(canHaveFeatures({ ...placeIn(folder), count: 2 ** 50 }), 'no room').toBe(false);
  mkdirSync(join(folder, `${named('a')}.${process.pid}.unfinished`));
  expect(canHaveFeatures(placeIn(folder))).toBe(false);
});
