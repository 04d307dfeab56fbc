// Whether the data can be moved to a folder that a person chose, in words where it cannot.
import { existsSync, lstatSync, readdirSync, realpathSync, statSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { formatBytes } from '#shared/bytes';
import type { FolderLook } from '#shared/data-move';
import { roomAt, spareBytes } from '#shared/disk-room';
import { FailureError, failureSentence } from '#shared/failure';
import { holdsData } from '../data-pointer';
import { unwritable } from '../writable';
import { bytesOf, contentsOf, historyBytes } from './contents';
import { COPIED_NAME } from './copied';
import { isOnNetwork } from './network-folder';

const NAME = 'Overbatch';
/** What every file takes besides its bytes. */
const MORE_SHARE = 0.02;

export interface Around {
  user: string;
  /** Where the data lies. */
  from: string;
}

export function lookAtFolder(chosen: string, { user, from }: Around): FolderLook {
  if (!existsSync(chosen) || !statSync(chosen).isDirectory()) return refused(`There is no folder ${chosen}. Choose another one.`);
  const [folder, root] = [realpathSync(chosen), realpathSync(from)];
  if (folder === root) return refused(`${chosen} is where your data lies now. Choose another folder.`);
  const isUser = existsSync(user) && folder === realpathSync(user);
  // A safe start empties one of its folders; the others come and go, too.
  if (existsSync(user) && root !== realpathSync(user) && isWithin(folder, realpathSync(user)))
    return refused(`${chosen} lies in the folder that Overbatch keeps for itself. Choose a folder outside of it.`);
  if (holdsUnfinished(folder)) return refused(`Data was being moved to ${chosen}, and that was not finished. Choose another folder.`);
  if (holdsData(folder)) return { kind: 'holds-data', to: folder };
  if (!isUser && isWithin(folder, root)) return refused(`${chosen} lies in your data folder itself. Choose a folder outside of it.`);
  const isFree = isUser || readdirSync(folder).length === 0;
  const to = isFree ? folder : path.join(folder, NAME);
  if (!isFree && to === root) return refused(`${to} is where your data lies now. Choose another folder.`);
  if (!isFree && holdsUnfinished(to)) return refused(`Data was being moved to ${to}, and that was not finished. Choose another folder.`);
  if (!isFree && holdsData(to)) return { kind: 'holds-data', to };
  if (!isFree && existsSync(to) && readdirSync(to).length > 0)
    return refused(`${to} is there already and holds something else. Choose another folder, or rename that one.`);
  const network = isOnNetwork(folder);
  if (network)
    return refused(
      `${chosen} lies on another computer (${network}), where a history can be damaged. Choose a folder on a disk of this one.`,
    );
  const failure = unwritable(folder);
  if (failure) return refused(failureSentence(failure));
  const neededBytes = bytesOf(contentsOf(from)) + historyBytes(from);
  const { freeBytes = Infinity } = roomAt(folder, statfsSync) ?? {};
  if (isTooLittle(folder, neededBytes))
    return refused(
      `Your data needs ${formatBytes(neededBytes)} and a little more, and ${formatBytes(freeBytes)} are free in ${chosen}. Free some space there, or choose another disk.`,
    );
  return { kind: 'free', to, neededBytes, freeBytes };
}

/** Others may have filled the disk since the folder was chosen, or since a move was cut off. @throws FailureError before anything is copied */
export function requireMoveRoom(from: string, to: string): void {
  const neededBytes = stillToCopy(from, to);
  if (!isTooLittle(to, neededBytes)) return;
  const { freeBytes = 0 } = roomAt(to, statfsSync) ?? {};
  throw new FailureError({
    kind: 'bad-setting',
    problem: `What is still to be copied needs ${formatBytes(neededBytes)} and a little more, and ${formatBytes(freeBytes)} are free in ${to}. Free some space there, and move the data then.`,
  });
}

function isTooLittle(folder: string, neededBytes: number): boolean {
  const room = roomAt(folder, statfsSync);
  return room !== undefined && room.freeBytes < neededBytes * (1 + MORE_SHARE) + spareBytes(room);
}

/** What lies there already takes no more. */
function stillToCopy(from: string, to: string): number {
  const left = contentsOf(from).map((item) => {
    const there = item.kind === 'file' ? lstatSync(path.join(to, item.name), { throwIfNoEntry: false }) : undefined;
    return { ...item, bytes: Math.max(0, item.bytes - (there?.size ?? 0)) };
  });
  return bytesOf(left) + historyBytes(from);
}

const refused = (problem: string): FolderLook => ({ kind: 'refused', problem });

const holdsUnfinished = (folder: string): boolean => existsSync(path.join(folder, COPIED_NAME));

function isWithin(folder: string, root: string): boolean {
  const way = path.relative(root, folder);
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}
