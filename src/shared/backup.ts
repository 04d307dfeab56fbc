// Backups of the history, as the window lists them and main makes and restores them.
import * as v from 'valibot';

/** `daily`: by itself; `update`: before another format; `asked`: by a press; `replaced`: the history that another backup took the place of. */
export const BACKUP_REASONS = ['daily', 'update', 'asked', 'replaced'] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

export interface Backup {
  /** Of its file. */
  name: string;
  at: string;
  why: BackupReason;
  /** Of the history in it. */
  format: number;
  bytes: number;
}

const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.format-(\d{1,6})\.(daily|update|asked|replaced)\.db$/;

export const backupName = ({ at, why, format }: { at: Date; why: BackupReason; format: number }): string =>
  `${at.toISOString().replaceAll(':', '-')}.format-${format}.${why}.db`;

/** What the name of a file says; undefined of one that is no backup. */
export function readBackupName(name: string): Omit<Backup, 'bytes'> | undefined {
  const [, date, hours, minutes, seconds, format, why] = NAME.exec(name) ?? [];
  if (date === undefined) return undefined;
  return { name, at: `${date}T${hours}:${minutes}:${seconds}`, why: why as BackupReason, format: Number(format) };
}

/** Never a path. */
export const BackupNameSchema = v.pipe(v.string(), v.regex(NAME, 'This is no backup of the history. Choose one of the list.'));

/** What is known of a backup before it is restored. */
export interface BackupLook {
  runs: number;
  datasets: number;
  /** What the present history has and the backup has not; absent: the present one cannot be read. */
  lost?: { runs: number; datasets: number; names: string[] };
}

/** The state of the history's file. */
export interface HistoryCheck {
  /** What SQLite says of its pages: "ok", or its first complaints. */
  integrity: string;
  format: number;
  bytes: number;
  walBytes: number;
  driver: string;
  sqlite: string;
  /** Rows of each table. */
  rows: Record<string, number>;
  /** Names that the person gave, to be taken out of what leaves the computer. */
  names: string[];
  settings: Record<string, unknown>;
}
