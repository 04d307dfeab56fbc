// A failure as data a person can act on: class names do not survive the crossing of a process, these do.
import { locale, word } from './language';
import { assertNever } from './assert-never';
import { formatBytes } from './bytes';
import type { EngineChoice } from './engine';
import { bytesAskedFor, tellsOfExhaustion } from './exhaustion';

/** A person did not wait for the end of a step, or it took too long while the app quit. */
export type EndedBecause = 'asked' | 'late';

/** What needs room on a disk; 'going-run' and 'going-import' have begun, and stop before it is full. */
export type NeedsRoom = 'run' | 'going-run' | 'import' | 'going-import' | 'export' | 'runs' | 'backup';

export type Failure =
  /** `asking`: a trained model, which has no settings. */
  | { kind: 'out-of-memory'; neededBytes: number; availableBytes: number; micro: number; asking?: boolean }
  /** `name`: of a data set of the app's own. */
  | { kind: 'dataset-missing'; path: string; name?: string }
  | { kind: 'dataset-invalid'; path: string; problem: string }
  | { kind: 'bad-setting'; problem: string }
  | { kind: 'disk-full'; path: string }
  /** Said before the disk is full. `spareBytes`: is to stay free besides. */
  | { kind: 'no-room'; what: NeedsRoom; path: string; neededBytes: number; spareBytes: number; freeBytes: number }
  /** `own`: in the app's own folder, in whose place no other can be chosen. */
  | { kind: 'no-permission'; path: string; own?: true }
  | { kind: 'newer-database'; path: string; found: number; known: number }
  | { kind: 'damaged-database'; path: string }
  /** Another process kept it locked for longer than it is waited for. */
  | { kind: 'database-busy'; path: string }
  | { kind: 'engine-unavailable'; engine: EngineChoice; reason: string }
  | { kind: 'engine-install'; problem: string }
  /** `exhausted`: there is evidence that memory ran out. `times`: it was started again and died at this step each time. */
  | { kind: 'trainer-died'; how: string; exhausted?: boolean; step?: number; times?: number }
  | { kind: 'bad-checkpoint'; path: string; problem: string }
  | { kind: 'bad-model'; path: string; problem: string }
  | { kind: 'cancelled' }
  /** A run whose process was ended before its step was done. `told`: what it was told before. `step`: of its newest checkpoint. */
  | { kind: 'ended'; because: EndedBecause; told?: 'stop' | 'pause'; step?: number }
  /** A run that was not wanted any more while it trained. */
  | { kind: 'discarded' }
  /** An import that can go on, unless nothing was done. `folder`: what it left, where a person has to look after that. */
  | { kind: 'stopped'; done: number; total: number; folder?: string }
  | { kind: 'unexpected'; message: string };

/** One or two plain sentences: what happened, and the next step. */
export function failureSentence(failure: Failure): string {
  switch (failure.kind) {
    case 'out-of-memory':
      if (failure.availableBytes === 0) return 'Memory ran out. Close other programs, or choose a smaller model or smaller pictures.';
      if (failure.asking)
        return `The answer needs ${formatBytes(failure.neededBytes)}, and ${formatBytes(failure.availableBytes)} is free for it. Close other programs, or give a smaller picture or a smaller model.`;
      return failure.micro <= 1
        ? `One sample needs ${formatBytes(failure.neededBytes)}, and ${formatBytes(failure.availableBytes)} is allowed. Allow more memory, or choose a smaller model or smaller pictures.`
        : `A piece of ${failure.micro.toLocaleString(locale)} samples needs ${formatBytes(failure.neededBytes)}, and ${formatBytes(failure.availableBytes)} is allowed. Choose a smaller micro-batch, or let it be chosen automatically.`;
    case 'dataset-missing':
      if (failure.name !== undefined)
        return `The data set “${failure.name}” is not on the disk any more. Import the same data again, and it is back.`;
      return `There is no folder or file ${failure.path}. Check the name, or choose again.`;
    case 'dataset-invalid':
      return `${failure.path} cannot be used as data: ${failure.problem}`;
    case 'bad-setting':
      return failure.problem;
    case 'disk-full':
      return `The disk that holds ${failure.path} is full. Free some space and try again; nothing already saved is lost.`;
    case 'no-room':
      return roomSentence(failure);
    case 'no-permission':
      if (failure.own)
        return `Overbatch may not write to ${failure.path}, where it keeps its own data. Change the permissions there, and try again.`;
      return `Overbatch may not write to ${failure.path}. Choose another folder, or change its permissions.`;
    case 'newer-database':
      return `The history in ${failure.path} was written by a newer Overbatch (format ${failure.found}; this one knows up to ${failure.known}). Update Overbatch; the history was not touched.`;
    case 'damaged-database':
      return `The history in ${failure.path} is damaged. It can be set aside for a new, empty one; models and pictures on disk are not touched.`;
    case 'database-busy':
      return `Another program is using the history in ${failure.path}. Close that program, or wait until it is done, and try again.`;
    case 'engine-unavailable':
      return `The engine "${failure.engine}" cannot be used here: ${failure.reason}`;
    case 'engine-install':
      return failure.problem;
    case 'trainer-died':
      if (failure.times !== undefined) {
        const where = failure.step ? `step ${failure.step.toLocaleString(locale)} was the furthest` : 'it came to no step';
        const remedy = failure.exhausted
          ? 'Choose a smaller micro-batch or model, or another engine, and try again.'
          : 'Find out what ends it on this computer, and go on then.';
        const kept = failure.step ? ' What was saved before is kept.' : '';
        return `The training process stopped ${failure.times} times without getting on; ${where} (${failure.how}).${kept} ${remedy}`;
      }
      return `The training process stopped unexpectedly (${failure.how}). What was saved before is kept; you can try again.`;
    case 'bad-checkpoint':
      return `The checkpoint in ${failure.path} cannot be used: ${failure.problem}`;
    case 'bad-model':
      return `The model in ${failure.path} cannot be used: ${failure.problem}`;
    case 'cancelled':
      return 'Cancelled. Nothing was changed.';
    case 'ended': {
      const saved = failure.step ? `; what it did up to step ${failure.step.toLocaleString(locale)} is saved` : '';
      return `${failure.because === 'asked' ? 'Ended at once, as you asked' : 'Ended, because its step took too long'}${saved}.`;
    }
    case 'discarded':
      return 'This run was discarded while it trained. Brought back, it goes on from its last checkpoint, or begins again where it had none.';
    case 'stopped': {
      if (failure.done === 0) return 'Paused before anything was stored, so there is nothing to go on with. Import it again.';
      const where = `Stopped at ${failure.done.toLocaleString(locale)} of ${failure.total.toLocaleString(locale)}. The same import goes on from there`;
      return failure.folder === undefined ? `${where}.` : `${where}; to give it up, delete ${failure.folder}.`;
    }
    case 'unexpected':
      return `Something unexpected went wrong: ${failure.message}`;
    default:
      return assertNever(failure);
  }
}

function roomSentence({ what, path, neededBytes, spareBytes, freeBytes }: Extract<Failure, { kind: 'no-room' }>): string {
  const [needed, spare, free] = [neededBytes, spareBytes, freeBytes].map(formatBytes);
  switch (what) {
    case 'run':
      return `What this run saves needs up to ${needed} and ${spare} to spare on the disk that holds ${path}, and ${free} are free. Free some space there, delete weights in History and start Overbatch again, or move the data folder in Settings.`;
    case 'going-run':
      return `The disk that holds ${path} is nearly full: saving needs ${needed} and ${spare} to spare, and ${free} are free. The run was paused before anything is lost. Free some space there, or delete weights in History and start Overbatch again, and resume it then.`;
    case 'import':
      return `This data needs up to ${needed} and ${spare} to spare on the disk that holds ${path}, and ${free} are free. Free some space there, import less or smaller pictures, or move the data folder in Settings.`;
    case 'going-import':
      return `The disk that holds ${path} is nearly full: ${free} are free, and ${spare} are to stay free. The import stopped before anything is lost. Free some space, and import the same again.`;
    case 'export':
      return `This export needs about ${needed} and ${spare} to spare on the disk that holds ${path}, and ${free} are free. Free some space there, or choose a place on another disk.`;
    case 'runs':
      return `These runs need ${needed} and ${spare} to spare on the disk that holds ${path}, and ${free} are free. Free some space there, or move the data folder in Settings.`;
    case 'backup':
      return `A backup needs ${needed} and ${spare} to spare on the disk that holds ${path}, and ${free} are free. Free some space there, and back up then.`;
    default:
      return assertNever(what);
  }
}

/** An exception that carries its failure up to the border of the process. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failureSentence(failure));
    this.name = 'FailureError';
  }
}

const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** The failure inside any thrown value; `path` names what was being written or read. */
export function toFailure(error: unknown, path?: string): Failure {
  if (error instanceof FailureError) return error.failure;
  const where =
    error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : (path ?? word('the data folder'));
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return { kind: 'disk-full', path: where };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'no-permission', path: where };
    default: {
      const message = error instanceof Error ? error.message : String(error);
      if (tellsOfExhaustion(message))
        return { kind: 'out-of-memory', neededBytes: bytesAskedFor(message) ?? 0, availableBytes: 0, micro: 0 };
      return { kind: 'unexpected', message };
    }
  }
}
