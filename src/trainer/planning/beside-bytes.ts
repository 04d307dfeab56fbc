// What the process of a run holds beside what a budget counts: the program and its engine, what that compiles for the run, and what stays of
// copies that checkpoints make.
import type { Runtime } from '#engine/runtime';
import { memoryParts } from '#engine/memory-parts';
import type { EngineName } from '#shared/engine';
import type { Beside } from '#shared/forecast';
import type { Measurement } from '#shared/measurement';
import type { Subject } from './subject';

interface Held {
  /** Whatever is trained. */
  loaded: number;
  /** Of each layer. */
  layer: number;
  /** Times the weights and what the optimizer keeps of them: malloc keeps some of what was copied. */
  copies: number;
}

/** Of runs of ten networks on Linux, in the app and in Node (bench/NOTES.md, sixth session). */
const HELD: Partial<Record<EngineName, { least: Held; most: Held }>> = {
  'tensorflow-cpu': {
    least: { loaded: 435e6, layer: 0.4e6, copies: 0.9 },
    most: { loaded: 465e6, layer: 0.6e6, copies: 1.5 },
  },
  wasm: {
    least: { loaded: 125e6, layer: 0.1e6, copies: 0.8 },
    most: { loaded: 160e6, layer: 0.3e6, copies: 1.4 },
  },
};

/** Of a process that has loaded an engine of which nothing was measured, by the runtime: one figure for as long as it lives. */
const loadedBytes = new WeakMap<Runtime, number>();

/** From shapes alone, so that it is the same however often it is asked; what such a run really held takes its place where it is another. */
export function expectedBeside(
  { runtime, network, optimizer }: Pick<Subject, 'runtime' | 'network' | 'optimizer'>,
  own?: Measurement,
): Beside {
  const { parameters, optimizer: slots } = memoryParts(network, optimizer, 0);
  const { least, most } = heldBy(runtime);
  const bytes = ({ loaded, layer, copies }: Held): number => loaded + layer * network.nodes.length + copies * (parameters + slots);
  const [leastBytes, mostBytes] = [bytes(least), bytes(most)];
  const ran = own?.ranBesideBytes;
  return ran !== undefined && (ran < leastBytes || ran > mostBytes) ? { leastBytes: ran, mostBytes: ran } : { leastBytes, mostBytes };
}

function heldBy(runtime: Runtime): { least: Held; most: Held } {
  const measured = process.platform === 'linux' ? HELD[runtime.report.name] : undefined;
  if (measured) return measured;
  const loaded = loadedBytes.get(runtime) ?? process.memoryUsage.rss();
  loadedBytes.set(runtime, loaded);
  const { least, most } = HELD['tensorflow-cpu']!;
  return { least: { ...least, loaded }, most: { ...most, loaded: loaded + most.loaded - least.loaded } };
}
