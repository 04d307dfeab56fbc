// What a packaged program refuses, read back from the built binary and tried.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuses } from '../../../scripts/package/application.mjs';
import { electronToPackage } from '../../../scripts/package/electron.mjs';
import { packagingTool } from '../../../scripts/package/tools.mjs';
import { packaged } from './packaged';

interface FuseReader {
  FuseV1Options: Record<string, string | number>;
  getCurrentFuseWire(program: string): Promise<Record<number, number>>;
}
const [OFF, ON] = ['0', '1'].map((digit) => digit.charCodeAt(0));

test('every fuse is as it is meant', async () => {
  const { folder, electronVersion } = packaged();
  const { FuseV1Options, getCurrentFuseWire } = packagingTool('@electron/fuses') as FuseReader;
  const wire = await getCurrentFuseWire(join(folder, 'overbatch'));
  const read = Object.fromEntries(
    Object.keys(fuses(electronVersion)).map((name) => [name, wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)] as number]]),
  );
  expect(read).toEqual(Object.fromEntries(Object.entries(fuses(electronVersion)).map(([name, on]) => [name, on ? ON : OFF])));
});

/** What a program says of itself that is asked to be a Node. */
const asNode = (program: string): string => {
  const options = { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '' }, timeout: 20_000 };
  return spawnSync(program, ['-e', 'console.log("a Node")'], options).stdout.toString();
};

test('the program is no Node for whoever sets a variable; the same Electron, not packaged, is one (control)', async () => {
  expect(asNode(join(packaged().folder, 'overbatch'))).not.toContain('a Node');
  const { folder } = await electronToPackage();
  expect(asNode(join(folder, 'electron'))).toContain('a Node');
});
