// What the process that looks after the history's file is asked and answers: all of it reads every page, which main has no time for.
import type { Backup, BackupLook, BackupReason, HistoryCheck } from './backup';
import type { Failure } from './failure';

export type KeeperCommand =
  | { kind: 'back-up'; history: string; folder: string; why: BackupReason }
  | { kind: 'look'; backup: string; history: string }
  | { kind: 'check'; history: string };

export type KeeperMessage =
  | { kind: 'backed-up'; backup: Backup }
  | { kind: 'looked'; look: BackupLook }
  | { kind: 'checked'; check: HistoryCheck }
  | { kind: 'failure'; failure: Failure };
