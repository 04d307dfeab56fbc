// The lines between the bench and its contestants: one request, one answer, each a line of JSON. pytorch/contestant.py speaks it too.
import type { NetworkName } from './networks';

/** What every contestant of a group trains, from the same files. */
export interface Task {
  network: NetworkName;
  /** Height and width of a picture. */
  size: number;
  channels: number;
  classes: number;
  /** N_B and N_μ. */
  batch: number;
  micro: number;
  /** Learning rate of SGD with momentum 0.9. */
  rate: number;
  /** Bytes of the pictures (NHWC), then labels as int32, or for u-net masks as bytes 0 and 1 (NHW). */
  samplesFile: string;
  /** Float32 of all weights in the engine's order. */
  weightsFile: string;
}

export interface PieceMemory {
  peakBytes?: number;
  countedBytes?: number;
}

export interface Answers {
  /** Makes the network and holds the mini-batch in memory. */
  prepare: object;
  /** Trains that many mini-batches; time of all of them, of the clock and of all threads of the process; loss of the last. */
  steps: { milliseconds: number; cpuMilliseconds: number; loss: number };
  /** Writes all weights to a file. */
  weights: object;
  /** The peak becomes what is held now. */
  'reset-peak': object;
  /** Peak resident bytes above those of the loaded library; countedBytes by the engine's own meter. */
  memory: { peakBytes?: number; countedBytes?: number };
  /** Works that many micro-batches and throws the gradient away: peak resident bytes above those of weights, optimizer and samples, and the allocator's own count. */
  pieces: PieceMemory;
}

export type Request =
  | { kind: 'prepare'; task: Task }
  | { kind: 'steps'; count: number }
  | { kind: 'weights'; file: string }
  | { kind: 'reset-peak' }
  | { kind: 'memory' }
  | { kind: 'pieces'; count: number };

/** The first line of a contestant whose library is loaded. */
export interface Greeting {
  version: string;
}
