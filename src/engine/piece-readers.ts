// Hands the tensors of a piece to the step: pictures, targets, weights and, in training, the noise its layers want.
import { dispose } from '@tensorflow/tfjs-core';
import type { PieceReader } from './mbp';
import type { Network } from './network';
import { uploadNoise } from './noise';
import { CLASS_INDEX, uploadSamples, type SampleList, type TrainingData } from './training-data';

export const evaluationReader =
  (data: TrainingData, list: SampleList, targets = CLASS_INDEX): PieceReader =>
  (start, size) =>
    uploadSamples(data.read(list, start, size), data.inputShape, targets);

export const trainingReader =
  (network: Network, data: TrainingData, list: SampleList, seed: number, targets = CLASS_INDEX): PieceReader =>
  (start, size) => {
    const samples = uploadSamples(data.read(list, start, size), data.inputShape, targets);
    try {
      return [...samples, ...uploadNoise(network, seed, list.step ?? 0, start, size)];
    } catch (error) {
      dispose(samples);
      throw error;
    }
  };
