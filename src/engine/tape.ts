// Gradients from TF.js's own tape, walked by us: what a node saved, and every gradient already used, is let go as soon as it was read.
// TF.js's own walk keeps all of them to its end. The same operations on the same values, so the same bits.
import { add, clone, dispose, engine, tidy, util, type Tensor } from '@tensorflow/tfjs-core';

export type TapeNode = NonNullable<ReturnType<typeof engine>['state']['activeTape']>[number];

/** What ran while the tape was on. The caller disposes of the outputs. */
export interface Recording {
  outputs: Tensor[];
  nodes: TapeNode[];
}

/** Kernels whose gradients read only the shapes of what they save; a disposed tensor still knows its shape. */
const SHAPES_ONLY = new Set(['Add', 'AddN', 'Sub', 'Reshape', 'Sum', 'Mean', 'Concat', 'Slice', 'PadV2', 'ExpandDims']);

export function releaseShapes({ kernelName, saved = [] }: TapeNode): void {
  if (SHAPES_ONLY.has(kernelName)) dispose(saved);
}

export function release(nodes: readonly TapeNode[]): void {
  for (const { saved = [] } of nodes) dispose(saved);
}

/**
 * Runs `f` with the tape on. What the nodes save lives until `backpropagate` or `release`.
 * @param f is also given the tape as it grows
 */
export function record(f: (tape: TapeNode[]) => Tensor[]): Recording {
  const { state } = engine();
  const nodes: TapeNode[] = [];
  const outer = state.activeTape;
  state.activeTape = nodes;
  state.gradientDepth++;
  try {
    return { outputs: tidy(() => f(nodes)), nodes };
  } catch (error) {
    release(nodes);
    throw error;
  } finally {
    state.gradientDepth--;
    state.activeTape = outer;
  }
}

/** A gradient that arrives at a tensor of the recording; it belongs to the walk, which disposes of it. */
export type Arriving = readonly [at: Tensor, gradient: Tensor];

/**
 * Gradients of the `xs`, undefined where none arrives. The recording is spent afterwards, its outputs are not.
 * @param xs what the recording started from; one that is itself among the arriving ones just passes on
 * @param early those of them whose gradient a layer computes first: a weight's, captured, is added to its sum and gone before that of
 * the activation beside it needs room
 */
export function backpropagate(
  { nodes }: Recording,
  arriving: readonly Arriving[],
  xs: readonly Tensor[],
  early: readonly Tensor[] = [],
): (Tensor | undefined)[] {
  const gradients = new Map<number, Tensor>();
  const accumulate = (at: Tensor, gradient: Tensor): void => {
    const present = gradients.get(at.id);
    gradients.set(at.id, present ? add(present, gradient) : gradient);
    if (present) dispose([present, gradient]);
  };
  const waiting = connected(nodes, arriving, xs, new Set(early.map(({ id }) => id)));
  try {
    return tidy(() => {
      for (const [at, gradient] of arriving) accumulate(at, gradient);
      while (waiting.length > 0) {
        const { node, inputs } = waiting.pop()!;
        const dys = node.outputs.map((output) => gradients.get(output.id));
        if (inputs.length > 0 && dys.some((dy) => dy)) {
          const dxs = gradientsOf(node, inputs, dys as Tensor[]);
          inputs.forEach((name, i) => accumulate(node.inputs[name], dxs[i]));
        }
        for (const output of node.outputs) gradients.delete(output.id);
        dispose(dys.filter((dy) => dy !== undefined));
        dispose(node.saved ?? []);
      }
      return xs.map((x) => gradients.get(x.id));
    });
  } finally {
    release(nodes);
  }
}

/** Gradients of the named inputs, each a tensor of its own. */
function gradientsOf(node: TapeNode, inputs: readonly string[], dys: Tensor[]): Tensor[] {
  return tidy(() => {
    if (!node.gradient) throw new Error(`TensorFlow.js has no gradient of ${node.kernelName}.`);
    const of = node.gradient(dys);
    const given = new Set<Tensor>(dys);
    return inputs.map((name) => {
      let dx = tidy(of[name]);
      // A gradient function may answer what it was given, or the same tensor twice.
      if (given.has(dx)) dx = clone(dx);
      given.add(dx);
      util.assertShapesMatch(dx.shape, node.inputs[name].shape, `Gradient of ${node.kernelName}, input ${name}: `);
      return dx;
    });
  });
}

/** The nodes between xs and what the gradients arrive at, in order, each with those of its inputs that depend on the xs, early ones first. */
function connected(
  nodes: readonly TapeNode[],
  arriving: readonly Arriving[],
  xs: readonly Tensor[],
  early: ReadonlySet<number>,
): { node: TapeNode; inputs: string[] }[] {
  const fromXs = new Set(xs.map((x) => x.id));
  const dependent = nodes.map((node) => {
    const dependents = Object.keys(node.inputs).filter((name) => fromXs.has(node.inputs[name].id));
    const isEarly = (name: string): boolean => early.has(node.inputs[name].id);
    const inputs = [...dependents.filter(isEarly), ...dependents.filter((name) => !isEarly(name))];
    if (inputs.length > 0) for (const output of node.outputs) fromXs.add(output.id);
    return { node, inputs };
  });
  const toEnd = new Set(arriving.map(([at]) => at.id));
  const chosen = [...dependent].reverse().filter(({ node, inputs }) => {
    if (inputs.length === 0 || !node.outputs.some((output) => toEnd.has(output.id))) return false;
    for (const name of inputs) toEnd.add(node.inputs[name].id);
    return true;
  });
  return chosen.reverse();
}
