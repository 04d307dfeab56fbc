// Asks the process that looks after the history's file; one each time, which ends with its answer.
import path from 'node:path';
import type { Backup, BackupLook, BackupReason, HistoryCheck } from '#shared/backup';
import { died, type Fork } from '#shared/child';
import { startJob, type Reading } from '#shared/job';
import type { KeeperCommand, KeeperMessage } from '#shared/keeper-messages';
import type { Folders } from '#store/location';

export class KeeperHost {
  #backingUp?: Promise<Backup>;

  constructor(
    private readonly fork: Fork,
    private readonly folders: Pick<Folders, 'backups' | 'database'>,
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

  #ask<Result>(command: KeeperCommand, read: Reading<KeeperMessage, Result>): Promise<Result> {
    return startJob(this.fork<KeeperCommand, KeeperMessage>('keeper'), command, read, died).result;
  }
}
