// The process that looks after the history's file: backs it up, proves a backup, checks it. One command, one answer.
import { existsSync } from 'node:fs';
import { assertNever } from '#shared/assert-never';
import { FailureError, toFailure } from '#shared/failure';
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import { backUp } from './backups';
import { connect } from './driver';
import { checkHistory, lookAtBackup } from './examine';
import { storeFailure } from './store-failure';

/** Electron gives a utility process this; a process forked by Node has `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: KeeperCommand }) => void): void;
  postMessage(message: KeeperMessage): void;
}
const { parentPort } = process as typeof process & { parentPort?: ParentPort };

function obey(command: KeeperCommand): KeeperMessage {
  switch (command.kind) {
    case 'back-up': {
      if (!existsSync(command.history))
        throw new FailureError({ kind: 'bad-setting', problem: 'There is no history yet that could be backed up.' });
      // It writes into the other file only; libsql refuses even that to a connection that may not write.
      const db = connect(command.history);
      try {
        return { kind: 'backed-up', backup: backUp(db, command.folder, command.why) };
      } finally {
        db.close();
      }
    }
    case 'look':
      return { kind: 'looked', look: lookAtBackup(command.backup, command.history) };
    case 'check':
      return { kind: 'checked', check: checkHistory(command.history) };
    default:
      return assertNever(command);
  }
}

function answerTo(command: KeeperCommand): KeeperMessage {
  try {
    return obey(command);
  } catch (error) {
    const history = command.history;
    const failure = storeFailure(error, history);
    return { kind: 'failure', failure: failure.kind === 'unexpected' ? toFailure(error, history) : failure };
  }
}

if (parentPort) parentPort.on('message', ({ data }) => parentPort.postMessage(answerTo(data)));
else process.on('message', (command) => process.send?.(answerTo(command as KeeperCommand)));
