// What is asked about the history's file: it is backed up, a backup is proven, it is checked, and moved with all data. One command, one answer.
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { assertNever } from '#shared/assert-never';
import { requireRoom } from '#shared/disk-room';
import { FailureError, toFailure } from '#shared/failure';
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import { backUp } from './backups';
import type { Database } from './database';
import { connect } from './driver';
import { DATABASE_NAME } from './data-pointer';
import { checkHistory, isUsedSince, lookAtBackup } from './examine';
import { removeData, removeIfEmpty, undoMove } from './move/journal';
import { lookAtData } from './move/look-at-data';
import { lookAtFolder, requireMoveRoom } from './move/look-at-folder';
import { moveData } from './move/move-data';
import { storeFailure } from './store-failure';

function obey(command: KeeperCommand, tell: (message: KeeperMessage) => void): KeeperMessage {
  const root = path.dirname(command.history);
  switch (command.kind) {
    case 'back-up': {
      if (!existsSync(command.history))
        throw new FailureError({ kind: 'bad-setting', problem: 'There is no history yet that could be backed up.' });
      // It writes into the other file only; libsql refuses even that to a connection that may not write.
      const db = connect(command.history);
      try {
        requireRoom({ what: 'backup', path: root, neededBytes: bytesOf(db) }, statfsSync);
        return { kind: 'backed-up', backup: backUp(db, command.folder, command.why) };
      } finally {
        db.close();
      }
    }
    case 'look':
      return { kind: 'looked', look: lookAtBackup(command.backup, command.history) };
    case 'check':
      return { kind: 'checked', check: checkHistory(command.history) };
    case 'look-at-folder':
      return { kind: 'folder-looked', look: lookAtFolder(command.chosen, { user: command.user, from: root }) };
    case 'look-at-data':
      return { kind: 'data-looked', look: lookAtData(command.folder) };
    case 'move-data':
      requireMoveRoom(root, command.to);
      moveData({ user: command.user, from: root, to: command.to }, (progress) => tell({ kind: 'move-progress', progress }));
      return { kind: 'done' };
    case 'undo-move':
      undoMove(command.user, root);
      return { kind: 'done' };
    case 'remove-data':
      refuseUsed(command.folder, command.since);
      removeData(command.folder);
      removeIfEmpty(command.folder);
      return { kind: 'done' };
    default:
      return assertNever(command);
  }
}

/** At most what a backup of it takes. */
const bytesOf = (db: Pick<Database, 'pragma'>): number => Number(db.pragma('page_count')) * Number(db.pragma('page_size'));

/** An old copy in which was trained or imported again is none: a start while the new disk was missing does that. */
function refuseUsed(folder: string, since: string): void {
  const history = path.join(folder, DATABASE_NAME);
  if (!existsSync(history) || !isUsedSince(history, since)) return;
  throw new FailureError({
    kind: 'bad-setting',
    problem: `In ${folder} was trained or imported since the move, which is not here. Keep it there, or use that folder to see it.`,
  });
}

export function answerTo(command: KeeperCommand, tell: (message: KeeperMessage) => void): KeeperMessage {
  try {
    return obey(command, tell);
  } catch (error) {
    const history = command.history;
    const failure = storeFailure(error, history);
    return { kind: 'failure', failure: failure.kind === 'unexpected' ? toFailure(error, history) : failure };
  }
}
