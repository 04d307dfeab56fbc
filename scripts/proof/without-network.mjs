// A prefix that runs a program where no network exists but the machine itself: no request can leave, whatever the code does.
import { spawnSync } from 'node:child_process';

/** The whole test runner goes inside, because Playwright talks to the app over the loopback address, which each namespace has for itself. */
const INSIDE = 'PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up && exec "$@"';

/** @returns {string[] | undefined} e.g. ["unshare", "-n", …]; nothing where the system does not allow it */
export function withoutNetwork() {
  // Anyone but root has to become root of a user namespace first.
  return [
    ['unshare', '-n'],
    ['unshare', '-r', '-n'],
  ]
    .map((unshare) => [...unshare, 'sh', '-c', INSIDE, 'sh'])
    .find(([program, ...args]) => spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0);
}
