// Where in a picture a model saw a class: Grad-CAM where the network ends in a feature map, covering parts of the picture where it does not.
import { lastFeatureMap } from '#engine/grad-cam';
import { cover, coversOf, gridOf, mapOfDrops, meanColour } from '#engine/occlusion';
import type { PictureSource, WhereLooked } from '#shared/asking';
import { FailureError } from '#shared/failure';
import { anyInput, inputLayout } from './input-picture';
import type { OpenModel } from './open-model';

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError bad-setting, out-of-memory, cancelled */
export async function whereLooked(model: OpenModel, source: PictureSource, label: string, signal: AbortSignal): Promise<WhereLooked> {
  const { metadata, network } = model;
  if (metadata.output === 'pixel probabilities') throw bad('A mask says itself where each class is. Look at the mask.');
  const at = metadata.labels.indexOf(label);
  if (at < 0) throw bad(`The model knows no class "${label}". Choose one of its classes.`);
  const input = await anyInput(source, metadata);
  const place = lastFeatureMap(network);
  if (place === undefined) return { label, method: 'occlusion', ...(await byCovering(model, input, at, signal)) };
  const [rows, columns] = network.nodes[place].layer.outputShape;
  const { map, probabilities } = await model.gradCam(input, place, at);
  return { label, method: 'grad-cam', columns, rows, strengths: toOne(map), probability: probabilities[at] };
}

async function byCovering(model: OpenModel, input: Uint8Array, label: number, signal: AbortSignal) {
  const size = inputLayout(model.metadata);
  const { classes } = model.network;
  const covers = coversOf(size);
  const colour = meanColour(input, size.channels);
  // The picture as it is is the first of them, so that the same function answers about all.
  const parts = [undefined, ...covers];
  const answers: Float32Array[] = [];
  for (let start = 0; start < parts.length; start += model.atOnce) {
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    const some = parts.slice(start, start + model.atOnce);
    const inputs = new Uint8Array(some.length * input.length);
    some.forEach((part, i) => {
      const copy = inputs.subarray(i * input.length, (i + 1) * input.length);
      copy.set(input);
      if (part) cover(copy, size, part, colour);
    });
    const logits = await model.logits(inputs, some.length);
    some.forEach((_, i) => answers.push(logits.subarray(i * classes, (i + 1) * classes)));
  }
  const [whole, ...covered] = answers;
  const drops = covered.map((logits) => aboveOthers(whole, label) - aboveOthers(logits, label));
  const map = mapOfDrops(size, covers, drops).map((drop) => (drop < LEAST_DROP ? 0 : drop));
  return { ...gridOf(size), strengths: toOne(map), probability: softmax(whole)[label] };
}

/** Of a class's logit, above the mean of all: less is rounding, which a map stretched to full strength would show as evidence. */
const LEAST_DROP = 0.01;

const aboveOthers = (logits: Float32Array, label: number): number =>
  logits[label] - logits.reduce((sum, value) => sum + value, 0) / logits.length;

/** The strongest becomes 1; a map of nothing stays so. */
function toOne(map: Float32Array): Float32Array {
  const most = map.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? map.map((value) => value / most) : map;
}

function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((value) => Math.exp(value - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / total);
}
