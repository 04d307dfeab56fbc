// Everything that computes runs captured: step, update, validation and prediction of architectures, each stage of exact BatchNorm.
// And what was captured is dropped with the plan it belonged to.
import { dispose, findBackend, memory, ones } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { evaluate } from '#engine/evaluate';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { trainMiniBatch, type Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import type { Objective } from '#engine/objectives/objective';
import { segmentationObjective } from '#engine/objectives/segmentation';
import { createOptimizer } from '#engine/optimizers';
import { evaluationReader, trainingReader } from '#engine/piece-readers';
import { prediction } from '#engine/predict';
import type { Runtime } from '#engine/runtime';
import { normalizations } from '#engine/statistics';
import { sampleSpecs, weightSpecs } from '#engine/step';
import { blankSamples, type TrainingData } from '#engine/training-data';
import { MASK_MODELS, type CatalogueName } from '#shared/run-spec';
import { smallNetwork } from './small-networks';
import { describeTensorFlow } from './tensorflow';
import { withBench } from './tiny';
import type { BackendBinding, TensorFlowBackend } from '#trainer/tensorflow/binding';
import type { TensorFlowRuntime } from '#trainer/tensorflow/load';

/** Samples of every piece, so that each function is captured once. */
const SIZE = 2;
/** Ops whose work grows with samples or weights. */
const COMPUTES = /Conv|MatMul|BatchNorm|Pool|Softmax|Bias|Relu|Erf|Sum|Mean|Sqrt|Rsqrt|Gather|OneHot/;

export interface Watched {
  useAll(on: Runtime, network: Network, isExact: boolean): Promise<unknown>;
  build(model: CatalogueName): Network;
  /** Ops that computed and belong to no captured function. */
  computedOutside(): string[];
  captured(): string[];
  dropped(): string[];
}

/** @param more what is tried with the same eyes on the engine */
export function capturedSuite(
  models: readonly CatalogueName[],
  more: (watched: Watched, runtime: () => TensorFlowRuntime) => void = () => {},
): void {
  describeTensorFlow('capture everywhere', (runtime) => {
    let captured: string[];
    let dropped: string[];
    let executed: string[];
    let direct: BackendBinding;
    beforeEach(() => {
      [captured, dropped, executed] = [[], [], []];
      const { native } = runtime();
      const { traceEnd, removeFunction } = native;
      vi.spyOn(native, 'traceEnd').mockImplementation((...args) => (captured.push(args[1]), traceEnd.apply(native, args)));
      vi.spyOn(native, 'removeFunction').mockImplementation((...args) => (dropped.push(args[0]), removeFunction.apply(native, args)));
      const backend = findBackend('tensorflow') as unknown as TensorFlowBackend;
      direct = backend.binding;
      const executeOp: BackendBinding['executeOp'] = (...args) => (executed.push(args[0]), direct.executeOp(...args));
      backend.binding = Object.create(direct, { executeOp: { value: executeOp } }) as BackendBinding;
    });
    afterEach(() => {
      (findBackend('tensorflow') as unknown as TensorFlowBackend).binding = direct;
      vi.restoreAllMocks();
    });

    /** A mini-batch of two pieces, a validation and a prediction. */
    const useAll = (on: Runtime, network: Network, isExact: boolean, objective: Objective = CLASSES) => {
      const use = async (bench: Workbench) => {
        if (isExact) bench.exact = exactBatchNorm(network, undefined, objective);
        const { inputShape, classes } = network;
        const targets = objective.loss.targets(network.outputShape);
        const none = new Int32Array();
        const read: TrainingData['read'] = (_list, _start, size) => blankSamples(size, inputShape, targets);
        const data: TrainingData = { inputShape, classes, train: none, validation: none, read };
        await trainMiniBatch(bench, [SIZE, SIZE], 0.01, trainingReader(network, data, { indices: none, step: 0 }, 1, targets));
        await evaluate(bench, [SIZE], evaluationReader(data, { indices: none }, targets), () => Promise.resolve());
        const specs = [sampleSpecs(network, SIZE)[0], ...weightSpecs(network)];
        const compiled = on.compile('predict', prediction(network), specs);
        const pictures = ones(specs[0].shape);
        dispose([pictures, ...compiled.call([pictures, ...bench.learner.weights])]);
        compiled.dispose();
      };
      return withBench(on, network, createOptimizer('adam', { clipNorm: 1, ema: 0.9 }), use, objective);
    };
    const computedOutside = (): string[] => [...new Set(executed.filter((op) => !captured.includes(op) && COMPUTES.test(op)))];
    const build = (model: CatalogueName): Network => smallNetwork(model, 3);
    const objectiveOf = (model: CatalogueName): Objective => (MASK_MODELS.includes(model) ? segmentationObjective({}, []) : CLASSES);

    const cases = models.flatMap((model) => {
      const hasExact = normalizations(build(model)).length > 0;
      return [[model, false] as const, ...(hasExact ? [[model, true] as const] : [])];
    });
    it.each(cases)('%s (exact BatchNorm: %s) computes in captured functions alone, and drops them', async (model, isExact) => {
      const before = memory().numTensors;
      await useAll(runtime(), build(model), isExact, objectiveOf(model));
      expect(computedOutside()).toEqual([]);
      const ran = (kind: RegExp) => executed.filter((op) => captured.includes(op) && kind.test(op)).length;
      expect(ran(isExact ? /forward_|backward_/ : /_step_/)).toBeGreaterThanOrEqual(isExact ? 4 : 1);
      for (const kind of [/_update_/, /_evaluation_/, /predict/, /gradient_norm/]) expect(ran(kind), String(kind)).toBeGreaterThan(0);
      expect([...dropped].sort()).toEqual([...captured].sort());
      expect(memory().numTensors).toBe(before);
    });

    more({ useAll, build, computedOutside, captured: () => captured, dropped: () => dropped }, runtime);
  });
}
