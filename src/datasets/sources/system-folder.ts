// Folders that the system shows and no disk holds: their files may be without end, and some wait for ever to be read.
import { statfs } from 'node:fs/promises';

/** File systems of Linux's kernel, by their number (statfs(2)): proc, sysfs, cgroup and its second version, devpts, debugfs, tracefs, securityfs, bpf, configfs, pstore. */
const OF_THE_KERNEL = new Set([
  0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x1cd1, 0x64626720, 0x74726163, 0x73636673, 0xcafe4a11, 0x62656570, 0x6165676c,
]);

/** @param folder a real path */
export async function isOfTheSystem(folder: string): Promise<boolean> {
  // The root holds them all.
  if (folder === '/') return true;
  const found = await statfs(folder).catch(() => undefined);
  return found !== undefined && OF_THE_KERNEL.has(found.type);
}
