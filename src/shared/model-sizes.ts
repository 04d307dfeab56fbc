// How many numbers a model of the catalogue trains for a person's own pictures: what its card says is for a usual size. A test holds each against
// the network itself.
import { CARD_CLASSES, MODEL_CARDS } from './model-cards';
import type { CatalogueName } from './run-spec';

interface Pictures {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

type Count = (pictures: Pictures) => number;

const dense = (inputs: number, outputs: number): number => (inputs + 1) * outputs;
const values = ({ height, width, channels }: Pictures): number => height * width * channels;

/** One whose last layer sees a mean of the whole picture: only the first layer and the last depend on the data. */
const averaged =
  (model: CatalogueName, features: number, firstKernel: number): Count =>
  ({ channels, classes }) =>
    MODEL_CARDS[model].parameters! + dense(features, classes - CARD_CLASSES) + firstKernel * (channels - 3);

const COUNTS: Record<CatalogueName, Count> = {
  linear: (pictures) => dense(values(pictures), pictures.classes),
  mlp: (pictures) => dense(values(pictures), 256) + dense(256, 256) + dense(256, pictures.classes),
  'small-cnn': smallCnn,
  lenet,
  'resnet-8': averaged('resnet-8', 64, 9 * 16),
  'mobilenet-v2': averaged('mobilenet-v2', 1280, 9 * 32),
  'efficientnet-lite0': averaged('efficientnet-lite0', 1280, 9 * 32),
  'resnet-18': averaged('resnet-18', 512, 49 * 64),
  'resnet-34': averaged('resnet-34', 512, 49 * 64),
  'resnet-50': averaged('resnet-50', 2048, 49 * 64),
  'resnet-101': averaged('resnet-101', 2048, 49 * 64),
  'amoebanet-d': averaged('amoebanet-d', 4096, 9 * 64),
  'vit-tiny': vitTiny,
  'u-net': averaged('u-net', 16, 9 * 16),
  'u-net-light': averaged('u-net-light', 16, 9 * 16),
};

/** As the model was published: in its whole width. */
export const parametersFor = (model: CatalogueName, pictures: Pictures): number => COUNTS[model](pictures);

function smallCnn({ height, width, channels, classes }: Pictures): number {
  let [rows, columns, inputs, sum] = [height, width, channels, 0];
  const block = (filters: number): void => {
    sum += dense(9 * inputs, filters);
    [rows, columns, inputs] = [Math.ceil(rows / 2), Math.ceil(columns / 2), filters];
  };
  block(32);
  for (let filters = 64; Math.max(rows, columns) > 4; filters = Math.min(2 * filters, 128)) block(filters);
  block(64);
  return sum + dense(rows * columns * 64, 64) + dense(64, classes);
}

function lenet({ height, width, channels, classes }: Pictures): number {
  const halved = (side: number): number => Math.ceil(side / 2);
  const [rows, columns] = [halved(height), halved(width)];
  const cut = Math.min(rows, columns) < 5 ? 0 : 4;
  const flat = halved(rows - cut) * halved(columns - cut) * 16;
  return dense(25 * channels, 6) + dense(25 * 6, 16) + dense(flat, 120) + dense(120, 84) + dense(84, classes);
}

/** Patches of 16 pixels, smaller where a side would have fewer than 8 of them. */
function vitTiny({ height, width, channels, classes }: Pictures): number {
  const patch = Math.max(1, Math.min(16, 2 ** Math.floor(Math.log2(Math.min(height, width) / 8))));
  const [wide, blocks] = [192, 12];
  const tokens = Math.ceil(height / patch) * Math.ceil(width / patch) + 1;
  const norm = 2 * wide;
  const block = 2 * norm + dense(wide, 3 * wide) + dense(wide, wide) + dense(wide, 4 * wide) + dense(4 * wide, wide);
  return dense(patch * patch * channels, wide) + wide + tokens * wide + blocks * block + norm + dense(wide, classes);
}
