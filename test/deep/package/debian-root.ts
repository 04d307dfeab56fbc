// A bare Debian of this system's release in a folder, to install a package into; needs root, debootstrap, and the mirror that apt uses here.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { completeFolder } from '../../../scripts/setup/atomic-folder.mjs';
import { cacheFolder } from '../../../scripts/setup/paths.mjs';

const run = promisify(execFile);

/** Mounts what a running system has; what is started in it ends with it, and so do the mounts. */
const ENTER = `
root=$1; shift
mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --rbind /dev "$root/dev" && exec chroot "$root" "$@"`;
const UNSHARED = ['--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--propagation', 'private', 'bash', '-c', ENTER, 'enter'];
// The first process of such a room stays: with it everything in there would end, an app that starts again included.
const STAYS = '"$@"; echo "The app ended with $?." >&2; exec sleep infinity';

export class DebianRoot {
  private constructor(readonly folder: string) {}

  static async make(): Promise<DebianRoot> {
    const parent = await mkdtemp(join(tmpdir(), 'overbatch-debian-'));
    onTestFinished(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }));
    const folder = join(parent, 'root');
    // Devices and owners as they are.
    await run('cp', ['-a', await bareDebian(), folder]);
    await chmod(folder, 0o755);
    for (const name of ['resolv.conf', 'hosts']) await cp(join('/etc', name), join(folder, 'etc', name), { dereference: true });
    return new DebianRoot(folder);
  }

  /** @returns what it printed */
  async root(...command: string[]): Promise<string> {
    const { stdout } = await run('unshare', [...UNSHARED, this.folder, ...command], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 << 20,
    });
    return stdout;
  }

  /** As somebody without rights, with nothing in the environment but a home and a display. */
  person(display: string, ...command: string[]): ChildProcess {
    const environment = ['HOME=/home/person', 'USER=person', 'PATH=/usr/bin:/bin', 'LANG=C.UTF-8', `DISPLAY=${display}`];
    const person = ['setpriv', '--reuid', '4242', '--regid', '4242', '--clear-groups', 'env', '-i', ...environment];
    const child = spawn('unshare', [...UNSHARED, this.folder, ...person, 'sh', '-c', STAYS, 'sh', ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  /** Process ids, as this system counts them, of what runs a program of that folder in it. */
  running(folder: string): number[] {
    const link = (pid: string, name: string) => {
      try {
        return readlinkSync(`/proc/${pid}/${name}`);
      } catch {
        return ''; // It has ended meanwhile.
      }
    };
    const inside = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && link(pid, 'root') === this.folder);
    return inside.filter((pid) => link(pid, 'exe').startsWith(join(this.folder, folder))).map(Number);
  }

  /** Everything in it, without what the system makes anew at each start and apt keeps for itself. */
  async paths(): Promise<string[]> {
    const found = await readdir(this.folder, { recursive: true });
    return found.filter((path) => !/^(proc|sys|dev|tmp|run|home|var\/(cache|log|lib\/(apt|dpkg)))(\/|$)/.test(path)).sort();
  }
}

/** Made once, and kept beside the engines: nothing is installed in it. */
async function bareDebian(): Promise<string> {
  const release = /^VERSION_CODENAME=(\w+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1];
  if (!release || process.getuid?.() !== 0) throw new Error('This proof needs a Debian, and root.');
  await run('apt-get', ['install', '-y', '-qq', 'debootstrap', 'xdotool'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return completeFolder(join(cacheFolder(), `debian-${release}`), async (beside) => {
    await run('debootstrap', ['--variant=minbase', release, beside, await mirror(release)], { maxBuffer: 64 << 20 });
  });
}

/** The one of the release itself, of those that apt is told of here. */
async function mirror(release: string): Promise<string> {
  const { stdout } = await run('apt-cache', ['policy']);
  const found = new RegExp(`(https?:\\S+) ${release}/main`).exec(stdout)?.[1];
  if (!found) throw new Error('apt names no mirror of Debian here.');
  return found;
}
