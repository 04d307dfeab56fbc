// The packaged app where there is no network: offline/ is run in a network namespace that has none.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withoutNetwork } from '../../../scripts/proof/without-network.mjs';
import { startXvfb } from '../../../scripts/setup/display.mjs';
import { root } from '../../../scripts/setup/paths.mjs';

test('what it does needs no network, and it looks for none', async () => {
  const { display, stop } = await startXvfb();
  onTestFinished(stop);
  const [program, ...words] = [
    ...withoutNetwork()!,
    process.execPath,
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'vitest.deep.config.mts', '--project', 'deep-package-offline'],
  ];
  const env = { ...process.env, DISPLAY: display, OVERBATCH_PACKAGED: '1', OVERBATCH_OFFLINE: '1' };
  const { status } = spawnSync(program, words, { cwd: root, env, stdio: 'inherit' });
  expect(status).toBe(0);
});
