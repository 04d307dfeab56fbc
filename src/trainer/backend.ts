// Chooses the engine of this process: the first of the order that loads, and says why the ones before it did not.
import {
  ENGINE_LABELS,
  ENGINE_NAMES,
  SAFE_ENGINES,
  SAFE_REASON,
  type EngineChoice,
  type EngineName,
  type EngineReport,
  type NativeKind,
} from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { Runtime } from '#engine/runtime';

/** One engine a process: TF.js keeps its backend, kernels and gradients in globals. */
let loaded: Promise<Runtime> | undefined;

/**
 * The engine of this process, loaded at the first call.
 * @param alone what it is for is so little work that one thread does it fastest (engine/work.ts); where nobody knows, all may be used
 * @throws FailureError engine-unavailable when the named engine cannot be used here, or this process already runs another
 */
export async function loadEngine(choice: EngineChoice, alone = false): Promise<Runtime> {
  loaded ??= choose(choice, alone).catch((error: unknown) => {
    loaded = undefined; // So that another one can be tried.
    throw error;
  });
  const runtime = await loaded;
  if (choice === 'auto' || choice === runtime.report.name) return runtime;
  throw unavailable(choice, `this process already runs ${ENGINE_LABELS[runtime.report.name]}. Start again to change the engine.`);
}

function unavailable(engine: EngineChoice, reason: string): FailureError {
  return new FailureError({ kind: 'engine-unavailable', engine, reason });
}

async function choose(choice: EngineChoice, alone: boolean): Promise<Runtime> {
  if (choice === 'auto') return chooseFirst(alone);
  if (isRefused(choice)) throw unavailable(choice, SAFE_REASON);
  try {
    return explained(await load(choice, alone), `${ENGINE_LABELS[choice]} was asked for.`, []);
  } catch (error) {
    throw unavailable(choice, reasonOf(error));
  }
}

async function chooseFirst(alone: boolean): Promise<Runtime> {
  const skipped: EngineReport['skipped'] = [];
  let broken: EngineName | undefined;
  for (const name of ENGINE_NAMES) {
    if (isRefused(name)) {
      skipped.push({ name, reason: SAFE_REASON });
      continue;
    }
    try {
      return explained(await load(name, alone), whyThisOne(name, broken), skipped);
    } catch (error) {
      skipped.push({ name, reason: reasonOf(error) });
      if (!(error instanceof NotInstalled)) broken ??= name;
    }
  }
  throw unavailable('auto', skipped.map(({ name, reason }) => `${ENGINE_LABELS[name]}: ${reason}`).join(' '));
}

function explained(runtime: Runtime, reason: string, skipped: EngineReport['skipped']): Runtime {
  return { ...runtime, report: { ...runtime.report, reason, skipped } };
}

/** @param broken the first engine that is here and could not be loaded */
function whyThisOne(name: EngineName, broken: EngineName | undefined): string {
  if (broken) return `${ENGINE_LABELS[broken]} could not be loaded, so ${ENGINE_LABELS[name]} runs.`;
  if (isSafe()) return `${SAFE_REASON} ${ENGINE_LABELS[name]} is the first of them.`;
  switch (name) {
    case 'tensorflow-cuda':
      return 'TensorFlow found a graphics card, the fastest choice.';
    case 'tensorflow-cpu':
      return 'TensorFlow for a graphics card is not installed, so TensorFlow runs on the processor.';
    default:
      return `TensorFlow is not installed, so ${ENGINE_LABELS[name]} (which ships with Overbatch) runs.`;
  }
}

class NotInstalled extends Error {}

const isSafe = (): boolean => process.env[SAFE_ENGINES] !== undefined;
const isRefused = (name: EngineName): boolean => isSafe() && (name === 'tensorflow-cuda' || name === 'tensorflow-cpu');

/** Each is imported when it is tried: an engine that is not used costs no memory. */
async function load(name: EngineName, alone: boolean): Promise<Runtime> {
  switch (name) {
    case 'tensorflow-cuda':
      return loadNative('cuda', false);
    case 'tensorflow-cpu':
      return loadNative('cpu', alone);
    case 'wasm':
      return (await import('./wasm/load')).loadWasm();
    case 'js':
      return (await import('./js')).loadJs();
  }
}

/**
 * Only what an installation has finished, which tries the engine in a process of its own: a library that does not belong on this
 * machine would abort this one.
 */
async function loadNative(kind: NativeKind, alone: boolean): Promise<Runtime> {
  const { nativeStatus } = await import('./tensorflow/install/status');
  const { state, folder, problem } = await nativeStatus(kind);
  if (state === 'absent') throw new NotInstalled(problem ?? 'It is not installed.');
  if (state === 'partial' || problem) throw new Error(problem ?? 'Its installation was not finished. Install it again.');
  const { loadTensorFlow } = await import('./tensorflow/load');
  return loadTensorFlow(folder, kind, alone);
}

function reasonOf(error: unknown): string {
  if (error instanceof FailureError && error.failure.kind === 'engine-unavailable') return error.failure.reason;
  return error instanceof Error ? error.message : String(error);
}
