// Crashes, safe mode, diagnostics and backups, in plain words.
import type { Backup, BackupLook, BackupReason } from '#shared/backup';
import type { DiagnosticEntry, DiagnosticKind } from '#shared/diagnostics';
import type { Crash, Crashing, SafeBecause } from '#shared/trouble';
import { listed, quoted } from '#shared/language';
import { count } from './numbers';
import { day } from './time';

/** What happened, and what that meant. */
const CRASHED: Record<Crashing, string> = {
  main: 'Overbatch ended without being closed: it crashed, the power went off, or it was ended from outside.',
  window: 'The window crashed and was loaded anew. A run that was training was not touched.',
  training: 'The process that trains stopped unexpectedly. A run goes on from its last checkpoint; its page says how it went on.',
  importing: 'The process that reads data stopped unexpectedly. What was imported before is whole.',
  viewing: 'The process that shows pictures of data stopped unexpectedly. Nothing is lost.',
  asking: 'The process that asks a model stopped unexpectedly. Nothing is lost.',
  forecasting: 'The process that says what a run needs stopped unexpectedly. Nothing is lost.',
  engine: 'The process that looks at engines stopped unexpectedly. Nothing is lost.',
  keeping: 'The process that looks after the history stopped unexpectedly. The history itself is whole.',
};

/** The newest of each kind, a sentence each. */
export function crashLines(crashes: readonly Crash[]): { what: Crashing; said: string; when: string; how: string }[] {
  const kinds = [...new Set(crashes.map(({ what }) => what))];
  return kinds.map((what) => {
    const of = crashes.filter((crash) => crash.what === what);
    const last = day(of[0].at);
    const when = of.length === 1 ? last : `${count(of.length)} times, the last ${last}`;
    return { what, said: CRASHED[what], when, how: of[0].how };
  });
}

export const SAFE_TITLE = 'Safe mode';

export const SAFE_WORDS: Record<SafeBecause, string> = {
  asked: 'You asked for it. Your data and history are not opened, and only the engines that ship with Overbatch run.',
  'failed-starts':
    'Overbatch did not come up the last two times, so this time your data and history are not opened, and only the engines that ship with Overbatch run.',
};

export const SAFE_NEXT =
  'Nothing of yours is changed. You can try a sample here; what you import or train in safe mode is removed at the next start in it.';

export const ENTRY_LABELS: Record<DiagnosticKind, string> = {
  versions: 'Versions of Overbatch and its parts',
  machine: 'This computer: processor, memory, room on the disk',
  engines: 'Engines and why others are not used',
  settings: 'Settings',
  history: 'State of the history: sizes and counts, no names',
  crash: 'Report of a crash',
  log: 'Log: what happened, line by line',
};

export const entryLabel = ({ kind, name }: Pick<DiagnosticEntry, 'kind' | 'name'>): string => `${ENTRY_LABELS[kind]} (${name})`;

export const REASON_LABELS: Record<BackupReason, string> = {
  daily: 'daily',
  update: 'before an update',
  asked: 'made by you',
  replaced: 'replaced by a backup',
};

/** What is in it. */
export function holdsWords({ runs, datasets }: Pick<BackupLook, 'runs' | 'datasets'>): string {
  const ofRuns = runs === 1 ? '1 run' : `${count(runs)} runs`;
  const ofData = datasets === 1 ? '1 data set' : `${count(datasets)} data sets`;
  return `The backup is whole. It holds ${ofRuns} and ${ofData}.`;
}

/** What would not be in the history any more. */
export function lostWords({ lost }: BackupLook): string {
  if (!lost) return 'The present history cannot be read, so nobody can say what it holds that the backup does not.';
  if (lost.runs === 0 && lost.datasets === 0)
    return 'It has every run and data set of the present history. Changes since, such as names, notes and tags, would be as they were.';
  const parts = [lostRuns(lost.runs, lost.names), lostData(lost.datasets)].filter((part) => part !== undefined);
  return parts.join(' ');
}

function lostRuns(runs: number, names: readonly string[]): string | undefined {
  if (runs === 0) return undefined;
  const called = listed(names.map(quoted));
  if (runs === 1) return `1 run since then would not be in the history any more: ${called}. Its files stay on the disk.`;
  if (runs === names.length)
    return `${count(runs)} runs since then would not be in the history any more: ${called}. Their files stay on the disk.`;
  return `${count(runs)} runs since then would not be in the history any more, the newest are ${called}. Their files stay on the disk.`;
}

function lostData(datasets: number): string | undefined {
  if (datasets === 0) return undefined;
  if (datasets === 1) return '1 data set since then would have to be imported again.';
  return `${count(datasets)} data sets since then would have to be imported again.`;
}

/** As the button of a backup is called. */
export const restoreLabel = ({ at }: Pick<Backup, 'at'>): string => `Restore the backup of ${day(at)}`;
