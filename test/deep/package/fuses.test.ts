// What a packaged program refuses, read back from the built binary and tried.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuses } from '../../../scripts/package/application.mjs';
import { packagingTool } from '../../../scripts/package/tools.mjs';
import { packaged } from './packaged';

interface FuseReader {
  FuseV1Options: Record<string, string | number>;
  getCurrentFuseWire(program: string): Promise<Record<number, number>>;
}
const [OFF, ON] = ['0', '1'].map((digit) => digit.charCodeAt(0));

test('every fuse is as it is meant', { timeout: 10 * 60_000 }, async () => {
  const { folder, electronVersion } = packaged();
  const { FuseV1Options, getCurrentFuseWire } = packagingTool('@electron/fuses') as FuseReader;
  const wire = await getCurrentFuseWire(join(folder, 'overbatch'));
  const read = Object.fromEntries(
    Object.keys(fuses(electronVersion)).map((name) => [name, wire[FuseV1Options[name[0].toUpperCase() + name.slice(1)] as number]]),
  );
  expect(read).toEqual(Object.fromEntries(Object.entries(fuses(electronVersion)).map(([name, on]) => [name, on ? ON : OFF])));
});

test('the program is no Node for whoever sets a variable', () => {
  const { folder } = packaged();
  const answer = () => {
    try {
      return execFileSync(join(folder, 'overbatch'), ['-e', 'console.log("a Node")', '--version'], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '' },
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 20_000,
      }).toString();
    } catch {
      return '';
    }
  };
  expect(answer()).not.toContain('a Node');
});
