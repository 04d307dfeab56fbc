// Asks the process that looks after the history's file; one each time, which ends with its answer.
import path from 'node:path';
import type { Backup, BackupLook, BackupReason, HistoryCheck } from '#shared/backup';
import { died, type Fork } from '#shared/child';
import type { DataLook, FolderLook, MoveProgress } from '#shared/data-move';
import { startJob, type Job, type Reading } from '#shared/job';
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import type { Folders } from '#store/location';

export class KeeperHost {
  #backingUp?: Promise<Backup>;

  constructor(
    private readonly fork: Fork,
    private readonly folders: Pick<Folders, 'backups' | 'database' | 'user'>,
  ) {}

  /** Two at once are one. */
  backUp(why: BackupReason): Promise<Backup> {
    const { backups: folder, database: history } = this.folders;
    this.#backingUp ??= this.#ask<Backup>({ kind: 'back-up', history, folder, why }, (message) =>
      message.kind === 'backed-up' ? { result: message.backup } : undefined,
    ).finally(() => (this.#backingUp = undefined));
    return this.#backingUp;
  }

  look(name: string): Promise<BackupLook> {
    const { backups, database: history } = this.folders;
    return this.#ask<BackupLook>({ kind: 'look', backup: path.join(backups, name), history }, (message) =>
      message.kind === 'looked' ? { result: message.look } : undefined,
    );
  }

  check(): Promise<HistoryCheck> {
    return this.#ask<HistoryCheck>({ kind: 'check', history: this.folders.database }, (message) =>
      message.kind === 'checked' ? { result: message.check } : undefined,
    );
  }

  lookAtFolder(chosen: string): Promise<FolderLook> {
    const { database: history, user } = this.folders;
    return this.#ask<FolderLook>({ kind: 'look-at-folder', chosen, user, history }, (message) =>
      message.kind === 'folder-looked' ? { result: message.look } : undefined,
    );
  }

  lookAtData(folder: string): Promise<DataLook> {
    return this.#ask<DataLook>({ kind: 'look-at-data', folder, history: this.folders.database }, (message) =>
      message.kind === 'data-looked' ? { result: message.look } : undefined,
    );
  }

  /** Cancelled, what was copied stays to go on with. */
  moveData(to: string, onProgress: (progress: MoveProgress) => void): Job<KeeperCommand, void> {
    const { database: history, user } = this.folders;
    return this.#start<void>({ kind: 'move-data', to, user, history }, (message) => {
      if (message.kind === 'move-progress') onProgress(message.progress);
      return message.kind === 'done' ? { result: undefined } : undefined;
    });
  }

  undoMove(): Promise<void> {
    return this.#ask<void>({ kind: 'undo-move', user: this.folders.user, history: this.folders.database }, done);
  }

  /** Refused where something was done in it `since`. */
  removeData(folder: string, since: string): Promise<void> {
    return this.#ask<void>({ kind: 'remove-data', folder, since, history: this.folders.database }, done);
  }

  #start<Result>(command: KeeperCommand, read: Reading<KeeperMessage, Result>): Job<KeeperCommand, Result> {
    return startJob(this.fork<KeeperCommand, KeeperMessage>('keeper'), command, read, died);
  }

  #ask<Result>(command: KeeperCommand, read: Reading<KeeperMessage, Result>): Promise<Result> {
    return this.#start(command, read).result;
  }
}

const done: Reading<KeeperMessage, void> = ({ kind }) => (kind === 'done' ? { result: undefined } : undefined);
