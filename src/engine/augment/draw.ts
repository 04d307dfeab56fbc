// What is drawn for one sample: a function of the run's seed, the step and the sample's place in its mini-batch. Each change has a
// stream of its own, so that switching one on leaves the draws of the others as they were.
import type { Augment, AugmentationName } from '#shared/augment';
import { randomStream, STREAM } from '../random';
import type { Variation } from './vary';

export interface Place {
  /** The run's. */
  seed: number;
  step: number;
  /** In the mini-batch. */
  place: number;
}

export interface PictureSize {
  width: number;
  height: number;
  channels: number;
}

/** Numbers of the streams: a new change gets a new number. */
const KIND: Record<Exclude<AugmentationName, 'mixup'>, number> = { flip: 1, crop: 2, zoom: 3, rotate: 4, colour: 5, cutout: 6 };

/** Most that a cut-out part's sides differ from the picture's, as a ratio (torchvision's RandomResizedCrop). */
const STRETCH = 4 / 3;
const TRIES = 10;

export function drawVariation(augment: Augment, { seed, step, place }: Place, { width, height }: PictureSize): Variation {
  const stream = (kind: keyof typeof KIND): (() => number) => randomStream(seed, STREAM.augment, step, place, KIND[kind]);
  const variation: Variation = { part: { left: 0, top: 0, width, height } };
  const between = (random: () => number, most: number): number => most * (2 * random() - 1);

  if (augment.zoom) variation.part = drawPart(stream('zoom'), augment.zoom, width, height);
  if (augment.crop) {
    const random = stream('crop');
    // Whole pixels: moved pictures are not blurred.
    const shift = (side: number): number => {
      const most = Math.round(augment.crop! * side);
      return Math.floor((2 * most + 1) * random()) - most;
    };
    const { part } = variation;
    variation.part = { ...part, left: part.left + shift(part.width), top: part.top + shift(part.height) };
  }
  if (augment.flip) variation.flip = stream('flip')() < augment.flip;
  if (augment.rotate) variation.angle = (between(stream('rotate'), augment.rotate) * Math.PI) / 180;
  if (augment.colour) {
    const random = stream('colour');
    const factor = (): number => 1 + between(random, augment.colour!);
    variation.colour = { brightness: factor(), contrast: factor(), saturation: factor() };
  }
  if (augment.cutout) {
    const random = stream('cutout');
    variation.hole = { x: random(), y: random(), side: augment.cutout };
  }
  return variation;
}

/** A part of 1 − zoom to all of the area, its sides' ratio up to STRETCH off the picture's; all of it where none fits. */
function drawPart(random: () => number, zoom: number, width: number, height: number): Variation['part'] {
  for (let i = 0; i < TRIES; i++) {
    const area = width * height * (1 - zoom * random());
    const ratio = (width / height) * Math.exp(Math.log(STRETCH) * (2 * random() - 1));
    const [w, h] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
    if (w < 1 || h < 1 || w > width || h > height) continue;
    return { left: Math.floor((width - w + 1) * random()), top: Math.floor((height - h + 1) * random()), width: w, height: h };
  }
  return { left: 0, top: 0, width, height };
}
