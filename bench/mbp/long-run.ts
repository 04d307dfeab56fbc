// Thousands of steps of a small network: does anything stay behind?
import { memory } from '@tensorflow/tfjs-core';
import { setImmediate } from 'node:timers/promises';
import { trainMiniBatch } from '#engine/mbp';
import type { Network } from '#engine/network';
import { trainingReader } from '#engine/piece-readers';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { slope } from '../statistics';
import { randomPictures } from './pictures';
import { RATE, withWorkbench } from './workbench';

const BATCH = 32;
const MICRO = 8;
/** What a process takes at first it takes once. */
const SETTLED = 500;
const EVERY = 100;

export interface LongRun {
  /** TF.js's tensors and the engine's counted bytes every hundred steps. */
  tensors: number[];
  inUseBytes: number[];
  /** Of the process, a thousand steps, after the first five hundred. */
  rssBytesPerThousand: number;
}

export function longRun(runtime: Runtime, network: Network, steps: number): Promise<LongRun> {
  const data = randomPictures(network, BATCH);
  return withWorkbench(runtime, network, async (bench) => {
    const seen: LongRun = { tensors: [], inUseBytes: [], rssBytesPerThousand: 0 };
    const rss: [number, number][] = [];
    for (let step = 1; step <= steps; step++) {
      await trainMiniBatch(bench, equalPieces(BATCH, MICRO), RATE, trainingReader(network, data, { indices: data.train, step }, 1));
      await setImmediate();
      if (step % EVERY !== 0) continue;
      seen.tensors.push(memory().numTensors);
      seen.inUseBytes.push(bench.meter.inUseBytes);
      if (step >= SETTLED) rss.push([step / 1000, process.memoryUsage.rss()]);
    }
    return { ...seen, rssBytesPerThousand: slope(rss) };
  });
}
