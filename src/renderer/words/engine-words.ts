// How each engine stands on this computer, in words.
import { ENGINE_NAMES, type EngineName, type NativeKind, type EnginesAnswer } from '#shared/engine';
import type { Tone } from './run-words';

export interface Standing {
  label: string;
  tone: Tone;
  why?: string;
}

/** The engine's installable build, if it is one that is installed separately. */
export const nativeKindOf = (name: EngineName): NativeKind | undefined =>
  name === 'tensorflow-cuda' ? 'cuda' : name === 'tensorflow-cpu' ? 'cpu' : undefined;

export function engineStanding(name: EngineName, { report, native }: EnginesAnswer): Standing {
  if (report.name === name) return { label: 'In use', tone: 'good' };
  const skipped = report.skipped.find((engine) => engine.name === name);
  const status = native.find(({ kind }) => kind === nativeKindOf(name));
  if (skipped)
    return { label: status && status.state !== 'installed' ? 'Not installed' : 'Not usable', tone: 'plain', why: skipped.reason };
  const later = ENGINE_NAMES.indexOf(name) > ENGINE_NAMES.indexOf(report.name);
  return { label: later ? 'In reserve' : 'Not used', tone: 'plain' };
}
