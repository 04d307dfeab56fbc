// A real disk of a few megabytes, and something else on it that takes as much room as is wanted. Only root may mount one, on Linux.
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder';

export const CAN_MOUNT = process.getuid?.() === 0 && process.platform === 'linux' && mounts();

function mounts(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const BLOCK = 4096;

export function smallDisk(megabytes: number) {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  // Lazily: libsql lets a closed file go only when its statements are collected.
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  const ballast = path.join(folder, 'ballast');
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    freeBytes,
    /** Others fill it, until so many bytes are left. */
    leave(bytes: number): void {
      rmSync(ballast, { force: true });
      writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes() - BLOCK * Math.ceil(bytes / BLOCK))));
    },
    makeRoom: () => rmSync(ballast, { force: true }),
  };
}
