// Who takes part: the engine in plain Node and in Electron's utility process, PyTorch in its four ways, and the authors' package on PyTorch.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '#shared/engine';
import { ALONE } from '#trainer/tensorflow/native';
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

/** What our side runs on, and the threads either side may use. */
export interface Field {
  engine: EngineName;
  threads: number;
}

const PYTORCH_WAYS = [
  ['eager', 'nchw'],
  ['eager', 'channels_last'],
  ['compile', 'nchw'],
  ['compile', 'channels_last'],
] as const;

/** @param alone our side would compute this network with one thread (engine/work.ts), which is settled when TensorFlow loads */
export function contestants(
  { python, electron, sources, built }: Programs,
  { engine, threads }: Field,
  alone: boolean,
): ContestantOptions[] {
  const env = alone ? { env: ALONE } : {};
  /** Both sides size their thread pools by the cores they may use; WebAssembly computes on one, and Node collects garbage on another. */
  const cores = engine === 'wasm' ? threads + 1 : threads;
  const onCores = (command: string[]): string[] =>
    availableParallelism() > cores ? ['taskset', '-c', `0-${cores - 1}`, ...command] : command;
  const python3 = (label: string, side: ContestantOptions['side'], way: string, layout: string, used = threads): ContestantOptions => ({
    label: `${label} ${layout}${used === threads ? '' : `, ${used} thread`}`,
    side,
    command: onCores([python, join(sources, 'pytorch', 'contestant.py'), way, layout, String(used)]),
  });
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const isWasm = engine === 'wasm';
  return [
    {
      label: isWasm ? 'Overbatch, WASM' : 'Overbatch, Node',
      side: 'overbatch',
      command: onCores([process.execPath, join(built, 'worker.js'), engine]),
      ...env,
    },
    ...(electron && !isWasm
      ? [
          {
            label: 'Overbatch, Electron',
            side: 'overbatch',
            command: onCores([electron, join(built, 'electron-app.js'), ...rootOnly]),
            ...env,
          } as const,
        ]
      : []),
    ...PYTORCH_WAYS.map(([way, layout]) => python3(`PyTorch ${way}`, 'pytorch', way, layout)),
    // What may be faster for us may be for others.
    ...(alone ? PYTORCH_WAYS.map(([way, layout]) => python3(`PyTorch ${way}`, 'pytorch', way, layout, 1)) : []),
    ...(isWasm ? [] : ['nchw', 'channels_last'].map((layout) => python3('mbp-pytorch', 'mbp-pytorch', 'mbp', layout))),
  ];
}
