// The engines a run can use, in the order they are tried, and what the person is told about them.
import * as v from 'valibot';

export const ENGINE_NAMES = ['tensorflow-cuda', 'tensorflow-cpu', 'wasm', 'js'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Set for a process that may load no engine but those that ship. */
export const SAFE_ENGINES = 'OVERBATCH_SAFE_ENGINES';
export const SAFE_REASON = 'Safe mode uses only the engines that ship with Overbatch.';

/** 'auto' takes the first engine that loads. */
export type EngineChoice = EngineName | 'auto';
const ENGINE_CHOICES = ['auto', ...ENGINE_NAMES] as const;
export const EngineChoiceSchema = v.picklist(ENGINE_CHOICES, `The engine must be one of: ${ENGINE_CHOICES.join(', ')}.`);

/** The engines that are installed separately: a TensorFlow build in a per-user cache. */
export const NATIVE_KINDS = ['cpu', 'cuda'] as const;
export type NativeKind = (typeof NATIVE_KINDS)[number];
export const NativeKindSchema = v.picklist(NATIVE_KINDS);

export const ENGINE_LABELS: Record<EngineName, string> = {
  'tensorflow-cuda': 'TensorFlow on the graphics card',
  'tensorflow-cpu': 'TensorFlow on the processor',
  wasm: 'WebAssembly',
  js: 'Plain JavaScript',
};

/** The engine that loaded and why the ones before it did not. */
export interface EngineReport {
  name: EngineName;
  /** e.g. "TensorFlow 2.21.0" or "WebAssembly, SIMD, 1 thread". */
  version: string;
  /** One sentence: why this one runs. */
  reason: string;
  skipped: { name: EngineName; reason: string }[];
  /** Most bytes the engine can address at all (WASM: 4 GiB), if it has a limit of its own. */
  limitBytes?: number;
}

/** "TensorFlow on the processor (TensorFlow 2.21.0)", "WebAssembly, SIMD, 1 thread". */
export function engineWords({ name, version }: Pick<EngineReport, 'name' | 'version'>): string {
  const label = ENGINE_LABELS[name];
  return version.startsWith(label) ? version : `${label} (${version})`;
}

/** What lies in the per-user cache for one native engine. */
export interface NativeEngineStatus {
  kind: NativeKind;
  state: 'installed' | 'partial' | 'absent';
  folder: string;
  bytes: number;
  /** e.g. "TensorFlow 2.21.0"; absent unless installed. */
  version?: string;
  /** One sentence when it is not usable here: no compiler, not this platform, files damaged. */
  problem?: string;
}

export interface InstallProgress {
  stage: 'look' | 'download' | 'unpack' | 'compile' | 'verify';
  doneBytes: number;
  totalBytes: number;
  message: string;
}

/** It was installed, and fails when it is tried. */
export const brokenEngine = (reason: string) => ({
  kind: 'engine-install' as const,
  problem: `The engine was built but does not work here: ${reason}.`,
});

export interface EnginesAnswer {
  report: EngineReport;
  native: NativeEngineStatus[];
}
