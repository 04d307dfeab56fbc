// Every architecture at its smallest sensible size; the large ones with few filters and blocks, which leaves their graph's shape.
import type { Shape } from '#engine/layers/layer';
import { amoebaNetD } from '#engine/models/amoebanet-d';
import { CATALOGUE } from '#engine/models/catalogue';
import { resnet101 } from '#engine/models/resnet-101';
import { resnet34 } from '#engine/models/resnet-34';
import { resnet50 } from '#engine/models/resnet-50';
import { vitTiny } from '#engine/models/vit-tiny';
import type { Network } from '#engine/network';
import type { BuiltWith, ModelSettings } from '#shared/model-settings';
import type { CatalogueName } from '#shared/run-spec';

/** Of the very layers of a smaller one, more of them. */
export const LARGER: readonly CatalogueName[] = ['resnet-34', 'resnet-101'];

/** Height, width and channels. */
export const SMALL_SHAPES: Record<CatalogueName, [number, number, number]> = {
  'small-cnn': [8, 8, 1],
  mlp: [8, 8, 1],
  linear: [8, 8, 1],
  lenet: [28, 28, 1],
  'resnet-8': [16, 16, 3],
  'mobilenet-v2': [32, 32, 3],
  'efficientnet-lite0': [32, 32, 3],
  'resnet-18': [32, 32, 3],
  'resnet-34': [32, 32, 3],
  'resnet-50': [32, 32, 3],
  'resnet-101': [32, 32, 3],
  'amoebanet-d': [32, 32, 3],
  'vit-tiny': [16, 16, 3],
  'u-net': [16, 16, 1],
  'u-net-light': [16, 16, 1],
};

const NARROW: Partial<Record<CatalogueName, (shape: Shape, outputs: number, options: ModelSettings) => Network>> = {
  'resnet-34': (shape, outputs, options) => resnet34(shape, outputs, { width: 0.25, ...options }),
  'resnet-50': (shape, outputs, options) => resnet50(shape, outputs, { width: 0.125, ...options }),
  'resnet-101': (shape, outputs, options) => resnet101(shape, outputs, { width: 0.125, ...options }),
  'amoebanet-d': (shape, outputs, options) => amoebaNetD(shape, outputs, { layers: 3, filters: 32, ...options }),
  'vit-tiny': (shape, outputs) => vitTiny(shape, outputs, { blocks: 3, width: 48 }),
};

export const smallNetwork = (
  model: CatalogueName,
  outputs: number,
  { shape = SMALL_SHAPES[model], ...options }: BuiltWith & { shape?: Shape } = {},
): Network => (NARROW[model] ?? CATALOGUE[model].build)(shape, outputs, options);
