// Who takes part: the engine in plain Node and in Electron's utility process, and PyTorch in its four ways.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ContestantOptions } from './contestant';

export interface Programs {
  /** python with PyTorch. */
  python: string;
  /** Absent where no Electron may be used. */
  electron?: string;
  /** bench/ of the repository. */
  sources: string;
  /** Where worker.js and electron-app.js were built to. */
  built: string;
}

export const THREADS = 2;
const PYTORCH_WAYS = [
  ['eager', 'nchw'],
  ['eager', 'channels_last'],
  ['compile', 'nchw'],
  ['compile', 'channels_last'],
] as const;

/** Both sides size their thread pools by the cores they may use. */
const onTwoCores = (command: string[]): string[] =>
  availableParallelism() > THREADS ? ['taskset', '-c', `0-${THREADS - 1}`, ...command] : command;

export function contestants({ python, electron, sources, built }: Programs): ContestantOptions[] {
  const script = join(sources, 'pytorch', 'contestant.py');
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [
    { label: 'Overbatch, Node', ours: true, command: onTwoCores([process.execPath, join(built, 'worker.js')]) },
    ...(electron
      ? [{ label: 'Overbatch, Electron', ours: true, command: onTwoCores([electron, join(built, 'electron-app.js'), ...rootOnly]) }]
      : []),
    ...PYTORCH_WAYS.map(([way, layout]) => ({
      label: `PyTorch ${way} ${layout}`,
      ours: false,
      command: onTwoCores([python, script, way, layout, String(THREADS)]),
    })),
  ];
}
