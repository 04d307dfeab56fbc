// What a trained model says about one picture: its class, or the class of every pixel.
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { decodePicture } from '#datasets/decode-picture';
import { prediction } from '#engine/predict';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { EngineChoice } from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { Prediction } from '#shared/prediction';
import { loadEngine } from './backend';
import { loadModel } from './saved-model';

/** @throws FailureError bad-model, dataset-invalid for a picture that cannot be read */
export async function classify(modelFolder: string, picture: Uint8Array, engine: EngineChoice): Promise<Prediction> {
  const { network, weights, metadata } = loadModel(modelFolder);
  if ('table' in metadata) {
    throw new FailureError({ kind: 'bad-model', path: modelFolder, problem: 'it answers about rows of a table, not about pictures.' });
  }
  const [height, width, channels] = metadata.inputShape;
  const pixels = await decodePicture(picture, { width, height, channels: channels === 1 ? 1 : 3 });
  const runtime = await loadEngine(engine);
  const specs = [sampleSpecs(network, 1)[0], ...weightSpecs(network)];
  const compiled = runtime.compile('classify', prediction(network), specs);
  const inputs = [Float32Array.from(pixels), ...weights].map((values, i) => tensor(values, specs[i].shape, 'float32'));
  try {
    const [output] = compiled.call(inputs);
    const probabilities = await output.data();
    output.dispose();
    const seen = { width, height, channels, pixels };
    if (metadata.output === 'pixel probabilities') return { ...maskOf(metadata.labels, probabilities), seen };
    const classes = metadata.labels.map((label, i) => ({ label, probability: probabilities[i] }));
    classes.sort(byProbability);
    return { classes, seen };
  } finally {
    dispose(inputs);
    compiled.dispose();
  }
}

const byProbability = (a: { probability: number }, b: { probability: number }): number => b.probability - a.probability;

/** `probabilities` [height, width, classes]. */
function maskOf(labels: string[], probabilities: ArrayLike<number>): Pick<Prediction, 'classes' | 'mask'> {
  const pixels = new Uint8Array(probabilities.length / labels.length);
  const counts = labels.map(() => 0);
  for (let i = 0; i < pixels.length; i++) {
    let best = 0;
    const at = i * labels.length;
    for (let label = 1; label < labels.length; label++) if (probabilities[at + label] > probabilities[at + best]) best = label;
    pixels[i] = best;
    counts[best]++;
  }
  const classes = labels.map((label, i) => ({ label, probability: counts[i] / pixels.length }));
  return { classes: classes.sort(byProbability), mask: { labels, pixels } };
}
