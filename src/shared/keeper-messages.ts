// What the process that looks after the history's file is asked and answers: all of it reads every page, which main has no time for.
import type { Backup, BackupLook, BackupReason, HistoryCheck } from './backup';
import type { DataLook, FolderLook, MoveProgress } from './data-move';
import type { Failure } from './failure';

export type KeeperCommand =
  | { kind: 'back-up'; history: string; folder: string; why: BackupReason }
  | { kind: 'look'; backup: string; history: string }
  | { kind: 'check'; history: string }
  /** Whether the data can be moved to that folder, or is there. `history`: of the data. */
  | { kind: 'look-at-folder'; chosen: string; user: string; history: string }
  /** `folder`: of data that are not in use. */
  | { kind: 'look-at-data'; folder: string; history: string }
  | { kind: 'move-data'; to: string; user: string; history: string }
  | { kind: 'undo-move'; user: string; history: string }
  /** Of a folder that is not in force any more `since`, unless it was used again. */
  | { kind: 'remove-data'; folder: string; since: string; history: string };

export type KeeperMessage =
  | { kind: 'backed-up'; backup: Backup }
  | { kind: 'looked'; look: BackupLook }
  | { kind: 'checked'; check: HistoryCheck }
  | { kind: 'folder-looked'; look: FolderLook }
  | { kind: 'data-looked'; look: DataLook }
  | { kind: 'move-progress'; progress: MoveProgress }
  | { kind: 'done' }
  | { kind: 'failure'; failure: Failure };
