// Our losses and their gradients, in pieces and divided once, beside PyTorch's of the whole mini-batch (bench/pytorch/reference_losses.py).
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '#engine/runtime';
import { directRuntime } from '#test/support/direct-runtime';
import { batchOf, CASES, computeOn, N } from '#test/support/loss-cases';
import { loadEngine } from '#trainer/backend';
import { loadWasm } from '#trainer/wasm/load';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

interface Answer {
  loss: number;
  gradient: number[];
}

/** Every sample counts alike: PyTorch's own means know no weights of samples. */
const equalWeights = (test: (typeof CASES)[number]) => ({ ...batchOf(test), sampleWeights: new Float32Array(N).fill(1) });

let theirs: Answer[];
beforeAll(async () => {
  const jobs = CASES.map((test) => {
    const { output, target } = equalWeights(test);
    return { ...test.torch, shape: [N, ...test.shape], output: Array.from(output), target: Array.from(target) };
  });
  const { status, stdout, stderr } = spawnSync(await ensurePyTorch(), ['bench/pytorch/reference_losses.py'], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  theirs = JSON.parse(stdout) as Answer[];
}, 30 * 60_000);

const ENGINES: [string, () => Promise<Runtime>][] = [
  ['JavaScript', directRuntime],
  ['WebAssembly', loadWasm],
  ['TensorFlow', () => loadEngine('tensorflow-cpu')],
];

describe.each(ENGINES)('on %s', (_, load) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  }, 60_000);

  const inPieces = (test: (typeof CASES)[number]) => {
    const batch = equalWeights(test);
    const cuts = [0, 3, 4, N];
    return cuts.slice(1).map((to, i) => computeOn(runtime, test.loss, test.shape, batch, cuts[i], to));
  };

  it.each(CASES.map((test, i) => ({ ...test, i })))('$name is PyTorch’s', (test) => {
    const pieces = inPieces(test);
    const [sum, weight] = (['sum', 'weight'] as const).map((of) => pieces.reduce((total, piece) => total + piece[of], 0));
    const { loss, gradient } = theirs[test.i];
    expect(Math.abs(sum / weight - loss) / loss).toBeLessThan(1e-6);
    const ours = pieces.flatMap(({ slope }) => Array.from(slope, (v) => v / weight));
    const norm = (values: number[]): number => Math.sqrt(values.reduce((total, v) => total + v * v, 0));
    expect(norm(ours.map((v, k) => v - gradient[k])) / norm(gradient)).toBeLessThan(1e-6);
  });

  it('control: dividing by the number of pieces is another gradient', () => {
    const test = CASES.find(({ name }) => name.includes('1:10'))!;
    const pieces = inPieces(test);
    const { loss } = theirs[CASES.indexOf(test)];
    const counted = pieces.reduce((total, { sum, weight }) => total + sum / weight, 0) / pieces.length;
    expect(Math.abs(counted - loss) / loss).toBeGreaterThan(1e-3);
  });
});
