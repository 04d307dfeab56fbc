// Our contestant: the engine's real mini-batch, driven line by line; in plain Node and in Electron's utility process alike.
import { clone, dispose, mul, scalar, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { readFile, writeFile } from 'node:fs/promises';
import { createLearner, snapshotLearner } from '#engine/learner';
import { accumulate, trainMiniBatch, type Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { uploadSamples } from '#engine/training-data';
import { readTotals } from '#engine/totals';
import type { EngineName } from '#shared/engine';
import { loadEngine } from '#trainer/backend';
import type { TensorFlowRuntime } from '#trainer/tensorflow/load';
import { lineToDriver } from './line-to-driver';
import { objectiveOf } from './networks';
import { PeakMemory } from './process-memory';
import type { Answers, Request, Task } from './protocol';
import { joinWeights, networkOf, readSamples, splitWeights } from './task-files';

interface Prepared {
  bench: Workbench;
  /** The loss of a whole mini-batch. */
  step(): Promise<number>;
  /** The first micro-batches, as many as that, without an update. */
  work(count: number): Promise<void>;
}

async function prepare(runtime: Runtime, task: Task): Promise<Prepared> {
  const network = networkOf(task);
  const objective = objectiveOf(task.network);
  const optimizer = createOptimizer('momentum');
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, splitWeights(network, await readFile(task.weightsFile))),
    programs: new Programs(runtime, network, optimizer, objective),
  };
  const pieces = equalPieces(task.batch, task.micro);
  const samples = await readSamples(task);
  const resident = new Map<number, Tensor[]>();
  for (let i = 0, start = 0; i < pieces.length; start += pieces[i++])
    resident.set(start, uploadSamples(samples(start, pieces[i]), network.inputShape, objective.loss.targets(network.outputShape)));
  // The mini-batch disposes of what it read: it gets clones, which share the resident bytes.
  const readPiece = (start: number) => resident.get(start)!.map((t) => clone(t));
  const step = async () => {
    const { lossSum, weightSum } = await trainMiniBatch(bench, pieces, task.rate, readPiece);
    return lossSum / weightSum;
  };
  return {
    bench,
    step,
    work: async (count) => {
      const carry = accumulate(bench, pieces.slice(0, count), readPiece);
      await readTotals(carry[0]);
      dispose(carry);
    },
  };
}

async function main(): Promise<void> {
  const runtime = await loadEngine((process.argv[2] ?? 'tensorflow-cpu') as EngineName);
  // What belongs to the library and not to the network: its threads.
  tidy(() => mul(scalar(2), scalar(2)).dataSync());
  const memory = new PeakMemory();
  let prepared: Prepared | undefined;

  const obey = async (request: Request): Promise<Answers[Request['kind']]> => {
    if (request.kind === 'prepare') {
      prepared = await prepare(runtime, request.task);
      return {};
    }
    if (!prepared) throw new Error(`"${request.kind}" came before "prepare".`);
    switch (request.kind) {
      case 'steps': {
        const start = performance.now();
        const used = process.cpuUsage();
        let loss = 0;
        for (let i = 0; i < request.count; i++) loss = await prepared.step();
        const { user, system } = process.cpuUsage(used);
        return { milliseconds: performance.now() - start, cpuMilliseconds: (user + system) / 1000, loss };
      }
      case 'weights': {
        const { weights } = await snapshotLearner(prepared.bench.learner);
        await writeFile(request.file, joinWeights(weights));
        return {};
      }
      case 'reset-peak':
        prepared.bench.meter.resetPeak();
        memory.reset();
        return {};
      case 'memory':
        return { peakBytes: memory.peak(), countedBytes: prepared.bench.meter.peakBytes };
      case 'pieces': {
        const { meter } = prepared.bench;
        (runtime as Partial<TensorFlowRuntime>).releaseMemory?.();
        memory.reset();
        meter.resetPeak();
        const [held, counted] = [memory.held(), meter.inUseBytes];
        await prepared.work(request.count);
        const peak = memory.peak();
        // WebAssembly's heap never shrinks: resident memory tells nothing there.
        const peakBytes = meter.heapBytes !== undefined || held === undefined || peak === undefined ? undefined : peak - held;
        return { peakBytes, countedBytes: meter.peakBytes - counted };
      }
    }
  };

  const line = lineToDriver<Request>();
  line.onRequest(async (request) => line.answer(await obey(request)));
  line.answer({ version: runtime.report.version });
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
