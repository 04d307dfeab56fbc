// The backward pass of one stage for one micro-batch. The stage runs again, from parked values and complete statistics, up to its outputs;
// there the gradients that later stages left are put in (arrivals.ts). At a BatchNorm's output differentiation by TF.js ends: its gradient
// dy is parked and its sums are gathered; the stage that made the layer's input turns dy into dx once the sums are complete.
import { add, dispose, scalar, zerosLike, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { accumulateInto } from '../kernels/accumulate';
import { backpropagate, record, type Arriving } from '../tape';
import { addPiece } from '../totals';
import { arrivalsAt } from './arrivals';
import { slopeSums } from './formulas';
import { lossKeys, TOTALS, type Key } from './keys';
import { runSlice } from './slice';
import { caller, nodeKeys, runSliceOf, sliceBefore, sliceKeys, type StageFunction, type Staging } from './stage-function';
import { INPUT } from './stages';

/** Undefined where there is nothing to learn in the stage nor before it. */
export function backwardFunction(staging: Staging, s: number): StageFunction | undefined {
  const { network, stages, normalizations, objective } = staging;
  const { nodes, normalized, plain, gives } = stages[s];
  const isLast = s === stages.length - 1;
  const inputOf = (b: number): number => network.nodes[b].inputs[0];

  const reads = [...normalized, ...plain.filter((place) => place !== INPUT)];
  const wanted = [...normalized, ...normalized.map(inputOf), ...plain];
  const before = sliceBefore(staging, s, wanted);
  const arrivals = arrivalsAt(staging, s);
  const learns = nodes.flatMap((place) => {
    const { layer, firstWeight } = network.nodes[place];
    return layer.weights.flatMap((w, i) => (w.trainable ? [firstWeight + i] : []));
  });
  if (learns.length + reads.length === 0) return undefined;

  /** Gradients of the places read go on to earlier stages; nobody asks for that of the network's input. */
  const handed = reads.filter((place) => !normalizations.has(place) || inputOf(place) !== INPUT);
  const isReadLater = (place: number): boolean =>
    stages.slice(s + 1).some((later) => [...later.normalized, ...later.plain].includes(place));
  const scales = normalized.flatMap((b) => [normalizations.get(b)!.gamma, normalizations.get(b)!.beta]);
  const gradients = [...learns, ...scales].map((i): Key => `gradient ${i}`);
  const samples = isLast ? lossKeys(staging) : [];
  const sums = [...gradients, ...(isLast ? [TOTALS] : [])];

  return {
    name: `backward_${s}`,
    takes: [
      ...new Set([
        ...samples,
        ...sliceKeys(staging, before),
        ...[...normalized, ...nodes].flatMap((place) => nodeKeys(staging, place)),
        ...arrivals.takes,
        ...handed.filter(isReadLater).map((place): Key => `cotangent ${place}`),
        ...sums,
      ]),
    ],
    gives: [...handed.map((place): Key => `cotangent ${place}`), ...sums],
    runs: [...before.order, ...nodes],
    run(tensors) {
      const values = runSliceOf(staging, before, tensors, wanted);
      const weights = learns.map((i) => tensors.get(`weight ${i}`)!);
      const targets = samples.map((key) => tensors.get(key)!);
      const sampleWeights = targets.pop() as Tensor1D;
      const totalsOf = ([sum, weight, output]: Tensor[]): Tensor =>
        addPiece(tensors.get(TOTALS)!, objective.stepMetrics, { sum: sum as Scalar, weight: weight as Scalar }, output, targets);
      // What the stage computes lives on the tape alone.
      const own = new Map(values);
      const outputs = isLast ? [network.nodes.length - 1] : gives;
      const recording = record(() => {
        runSlice(network, nodes, own, new Set(outputs), caller(staging, tensors));
        const made = outputs.map((place) => own.get(place)!);
        if (!isLast) return made;
        const { sum, weight } = objective.loss.sum(made[0], targets, sampleWeights);
        return [sum, weight, ...made];
      });
      const arriving = isLast
        ? [[recording.outputs[0], scalar(1)] as Arriving]
        : gives.map((place): Arriving => [own.get(place)!, arrivals.gradient(place, own.get(place)!, tensors)]);
      const totals = isLast ? [totalsOf(recording.outputs)] : [];
      // A BatchNorm's output that is given was there before.
      if (!isLast) dispose(gives.filter((place) => nodes.includes(place)).map((place) => own.get(place)!));
      const xs = [...reads.map((place) => values.get(place)!), ...weights];
      const grads = backpropagate(recording, arriving, xs, weights).map((gradient, i) => gradient ?? zerosLike(xs[i]));
      const slopes = normalized.flatMap((b, i) => {
        const [mean, variance] = [tensors.get(`mean ${b}`)!, tensors.get(`variance ${b}`)!];
        return slopeSums(grads[i], values.get(inputOf(b))!, mean, variance, normalizations.get(b)!.epsilon);
      });
      const cotangents = handed.map((place) => {
        const more = grads[reads.indexOf(place)];
        const sofar = tensors.get(`cotangent ${place}`);
        return sofar ? add(sofar, more) : more;
      });
      const learned = [...grads.slice(reads.length), ...slopes].map((gradient, i) => accumulateInto(tensors.get(gradients[i])!, gradient));
      return [...cotangents, ...learned, ...totals];
    },
  };
}
