// The virtual display of the tests stays until it is stopped.
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startXvfb } from '../../scripts/setup/display.mjs';
import { onPath } from '../../scripts/setup/system-libraries.mjs';

const answers = (display: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

test.skipIf(!onPath('Xvfb'))('Xvfb picks a free number, answers, and ends when told', async () => {
  const [first, second] = await Promise.all([startXvfb(), startXvfb()]);
  expect(first.display).not.toBe(second.display);
  await pause(300);
  expect(await answers(first.display)).toBe(true);
  expect(await answers(second.display)).toBe(true);
  first.stop();
  second.stop();
  await expect.poll(() => answers(first.display)).toBe(false);
});
