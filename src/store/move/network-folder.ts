// Whether a folder lies on another computer: SQLite's log is a memory that two computers do not share.
import { readFileSync } from 'node:fs';

const SHARED = /^(nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|davfs|lustre|fuse\.(sshfs|gvfsd-fuse|rclone|davfs2?|glusterfs|ceph-fuse|s3fs))$/;

/** What kind of network; undefined: none that can be told. @param mounts of Linux, as /proc/mounts has them */
export function isOnNetwork(
  folder: string,
  mounts: string = readMounts(),
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (platform === 'win32') return folder.startsWith('\\\\') ? 'a shared folder' : undefined;
  const around = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, place = '']) => contains(unescaped(place), folder))
    .sort((a, b) => b[1].length - a[1].length);
  const kind = around[0]?.[2];
  return kind !== undefined && SHARED.test(kind) ? kind : undefined;
}

const contains = (place: string, folder: string): boolean =>
  place === '/' || folder === place || (place !== '' && folder.startsWith(`${place}/`));

/** A space in a name is written as \040. */
const unescaped = (place: string): string => place.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));

function readMounts(): string {
  try {
    return readFileSync('/proc/mounts', 'utf8');
  } catch {
    return '';
  }
}
