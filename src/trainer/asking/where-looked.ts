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
  const classes = model.metadata.labels.length;
  const probability = (await model.predict(input, 1))[label];
  const covers = coversOf(size);
  const colour = meanColour(input, size.channels);
  const drops: number[] = [];
  for (let start = 0; start < covers.length; start += model.atOnce) {
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    const some = covers.slice(start, start + model.atOnce);
    const inputs = new Uint8Array(some.length * input.length);
    some.forEach((part, i) => {
      const copy = inputs.subarray(i * input.length, (i + 1) * input.length);
      copy.set(input);
      cover(copy, size, part, colour);
    });
    const answers = await model.predict(inputs, some.length);
    some.forEach((_, i) => drops.push(probability - answers[i * classes + label]));
  }
  return { ...gridOf(size), strengths: toOne(mapOfDrops(size, covers, drops)), probability };
}

/** The strongest becomes 1; a map of nothing stays so. */
function toOne(map: Float32Array): Float32Array {
  const most = map.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? map.map((value) => value / most) : map;
}
