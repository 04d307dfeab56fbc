// Progress of an installation, thinned to what a person can read: every change of stage, otherwise ten a second.
import type { InstallProgress } from '#shared/engine';

const EVERY_MS = 100;

export type Report = (stage: InstallProgress['stage'], message: string, doneBytes?: number, totalBytes?: number) => void;

export function thinned(onProgress: (progress: InstallProgress) => void): Report {
  let last = { message: '', at: 0 };
  return (stage, message, doneBytes = 0, totalBytes = 0) => {
    const now = Date.now();
    if (message === last.message && doneBytes < totalBytes && now - last.at < EVERY_MS) return;
    last = { message, at: now };
    onProgress({ stage, doneBytes, totalBytes, message });
  };
}
