// A backup of the history each day on which something changed: made beside the app's work, some time after the start.
import { statSync } from 'node:fs';
import { listBackups } from '#store/backups';
import type { Folders } from '#store/location';
import type { KeeperHost } from './keeper-host';
import type { Log } from './log';

const DAY_MS = 24 * 3_600_000;
/** Whoever starts the app wants the disk for something else first. */
const AFTER_START_MS = 3 * 60_000;
const BETWEEN_MS = 3_600_000;

type Places = Pick<Folders, 'backups' | 'database'>;

/** The newest one is older than a day, and the history was written to since. One named in the future (a wrong clock) says nothing. */
export function isBackupDue({ backups, database }: Places, now = Date.now()): boolean {
  const newest = listBackups(backups).find(({ why, at }) => why !== 'replaced' && Date.parse(at) <= now);
  if (!newest) return true;
  const at = Date.parse(newest.at);
  return now - at >= DAY_MS && lastChange(database) > at;
}

const lastChange = (database: string): number =>
  Math.max(...[database, `${database}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));

/** Answers how to stop. @param isHeld a file more would keep a move from being proven */
export function backUpDaily(folders: Places, keeper: Pick<KeeperHost, 'backUp'>, log: Log, isHeld: () => boolean): () => void {
  const look = async () => {
    try {
      if (isHeld() || !isBackupDue(folders)) return;
      const { name } = await keeper.backUp('daily');
      log.write('backup', `The history was backed up as ${name}.`);
    } catch (error) {
      log.error('backup', error);
    }
  };
  const first = setTimeout(() => void look(), AFTER_START_MS);
  const next = setInterval(() => void look(), BETWEEN_MS);
  return () => {
    clearTimeout(first);
    clearInterval(next);
  };
}
