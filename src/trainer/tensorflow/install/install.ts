// Installs a native engine: look, download, unpack, compile, verify. Stopped at any point and started again it goes on; half an engine is never seen.
import type { InstallProgress, NativeEngineStatus, NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { buildEngine, isBuilt } from './build-engine';
import { findCompiler, NO_COMPILER } from './compiler';
import { withLock } from './lock';
import { missingFromPackage, prebuiltBinding } from './native-sources';
import type { PinnedWheel } from './pins';
import { platformProblem } from './platform';
import { thinned, type Report } from './progress';
import { removeOutdated } from './remove';
import { nativeStatus } from './status';
import { isWheelReady, prepareWheel } from './wheel';

export interface InstallOptions {
  onProgress(progress: InstallProgress): void;
  signal: AbortSignal;
  /** false: fetch by HTTPS even where pip is. */
  pip?: boolean;
  /** Another TensorFlow wheel than the pinned one: the tests install a tiny one. */
  wheel?: PinnedWheel;
}

export async function installNative(kind: NativeKind, { onProgress, signal, pip, wheel }: InstallOptions): Promise<NativeEngineStatus> {
  try {
    await withLock(kind, () => installLocked(kind, { signal, pip, wheel, report: thinned(onProgress) }));
  } catch (error) {
    // Whatever broke because it was told to stop has stopped.
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    throw error;
  }
  return nativeStatus(kind);
}

type Work = Omit<InstallOptions, 'onProgress'> & { report: Report };

async function installLocked(kind: NativeKind, work: Work): Promise<void> {
  work.signal.throwIfAborted();
  work.report('look', 'Looking at what is here');
  const headers = prebuiltBinding(kind) === undefined;
  await requireUsable(kind, headers, work.signal);
  const isReady = await isWheelReady(kind, headers);
  if (!isReady) await prepareWheel(kind, { ...work, headers }, work.wheel);
  if (!isReady || !(await isBuilt(kind))) await buildEngine(kind, work);
  await removeOutdated(kind);
}

/** Asked before 274 MB are fetched in vain. */
async function requireUsable(kind: NativeKind, needsCompiler: boolean, signal: AbortSignal): Promise<void> {
  const problem =
    platformProblem() ?? missingFromPackage(kind) ?? (needsCompiler && !(await findCompiler(signal)) ? NO_COMPILER : undefined);
  if (problem) throw new FailureError({ kind: 'engine-install', problem });
}
