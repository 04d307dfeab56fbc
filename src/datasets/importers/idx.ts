// IDX as MNIST and its family come: train-images-idx3-ubyte(.gz) with train-labels-idx1-ubyte(.gz), and t10k for the test.
import { locale, word } from '#shared/language';
import type { SplitName } from '#shared/dataset';
import { ArrayFile } from '../arrays/array-file';
import { assertSizes, classesOf, listArrays, manyParts, rawHeader, type PictureArray } from '../arrays/array-listing';
import type { FileEntry } from '../sources/source';
import { outerFiles } from './data-root';
import type { Importer } from './importer';

const UBYTE = 0x08;
const TYPES: Record<number, string> = {
  0x09: 'signed bytes',
  0x0b: '16-bit numbers',
  0x0c: '32-bit numbers',
  0x0d: word('floats'),
  0x0e: word('doubles'),
};
/** Pictures in a folder may be called anything. */
const MOST_LOOKED = 256;
const NAMED_LIKE_IDX = /idx\d|ubyte/i;

interface IdxFile {
  file: ArrayFile;
  /** Of each dimension; of pictures: count, height, width, and channels where there are several. */
  shape: number[];
}

export const idx: Importer = {
  async list({ source, chosen }, watch) {
    const files: IdxFile[] = [];
    const outer = await outerFiles(source, watch.signal);
    for (const entry of outer.filter(({ name }) => NAMED_LIKE_IDX.test(name) || name === chosen).slice(0, MOST_LOOKED)) {
      const file = await readHeader(await ArrayFile.open(source, entry));
      if (file) files.push(file);
    }
    if (files.length === 0 || (chosen !== undefined && !files.some(({ file }) => file.entry.name === chosen))) return undefined;
    const pairs = pairsOf(files, chosen);
    const values: Uint8Array[] = [];
    for (const { labels, images } of pairs) {
      if (labels.shape[0] !== images.shape[0]) {
        throw labels.file.refused(
          `it holds ${labels.shape[0].toLocaleString(locale)} labels for the ${images.shape[0].toLocaleString(locale)} pictures of ${images.file.entry.name}. Download both again.`,
        );
      }
      assertSizes(images.file, images.shape[0], images.shape[2], images.shape[1]);
      await images.file.proveLength(headerBytes(images) + images.shape.reduce((a, b) => a * b), watch.signal);
      values.push(await labelValues(labels, watch.signal));
    }
    const { labels, indices } = classesOf(pairs[0].labels.file, values);
    return listArrays(
      'idx',
      pairs.map(({ images, split }, i) => pictures(images, split, indices[i])),
      labels,
      'IDX arrays',
    );
  },
};

/** Undefined for what is no IDX. @throws FailureError dataset-invalid for kinds that are not read */
async function readHeader(file: ArrayFile): Promise<IdxFile | undefined> {
  const start = await file.read(0, 4).catch(() => undefined);
  if (!start || start[0] !== 0 || start[1] !== 0 || start[3] < 1 || start[3] > 4) return undefined;
  if (start[2] !== UBYTE) {
    if (!TYPES[start[2]]) return undefined;
    throw file.refused(`it is IDX of ${TYPES[start[2]]}, and bytes are read. Save it as bytes, or as a NumPy array.`);
  }
  const head = await file.read(0, 4 + 4 * start[3]).catch(() => undefined);
  if (!head) throw file.refused('it is cut off within its header. Download it again.');
  return { file, shape: Array.from({ length: start[3] }, (_, i) => head.readUInt32BE(4 + 4 * i)) };
}

const headerBytes = ({ shape }: IdxFile) => 4 + 4 * shape.length;

interface Pair {
  images: IdxFile;
  labels: IdxFile;
  split: SplitName;
}

/** Files whose names differ in nothing but images and labels. */
function pairsOf(files: readonly IdxFile[], chosen: string | undefined): Pair[] {
  const key = (entry: FileEntry) =>
    entry.name
      .toLowerCase()
      .replace(/\.gz$/, '')
      .replace(/images?|labels?|idx\d|ubyte/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  const family = (name: string) => name.replace(/\b(train|test|t10k)\b/, '').trim();
  const wanted = chosen === undefined ? undefined : family(key(files.find(({ file }) => file.entry.name === chosen)!.file.entry));
  const images = files.filter(({ shape, file }) => shape.length > 2 && (wanted === undefined || family(key(file.entry)) === wanted));
  if (images.length === 0)
    throw files[0].file.refused('there are labels without the pictures they belong to. Put the file of pictures (images-idx3) beside it.');
  const pairs = images.map((image): Pair => {
    const labels = files.find(({ shape, file }) => shape.length === 1 && key(file.entry) === key(image.file.entry));
    if (!labels)
      throw image.file.refused(
        'there are pictures without their labels. Put the file of labels (labels-idx1) beside it, under the same name.',
      );
    const name = key(image.file.entry);
    return { images: image, labels, split: /t10k|test/.test(name) ? 'test' : 'train' };
  });
  for (const split of ['train', 'test']) {
    const same = pairs.filter((pair) => pair.split === split);
    if (same.length > 1)
      throw manyParts(
        same[0].images.file.entry.path,
        same.map((pair) => pair.images.file.entry.name),
      );
  }
  return pairs;
}

async function labelValues(labels: IdxFile, signal?: AbortSignal): Promise<Uint8Array> {
  const { file, shape } = labels;
  assertSizes(file, shape[0], 1, 1);
  const start = headerBytes(labels);
  const values = new Uint8Array(shape[0]);
  await file.proveLength(start + shape[0], signal, (piece, at) => {
    const skipped = Math.min(piece.length, Math.max(0, start - at));
    const from = Math.max(0, at - start);
    values.set(piece.subarray(skipped, skipped + Math.max(0, values.length - from)), from);
  });
  return values;
}

function pictures({ file, shape }: IdxFile, split: SplitName, labels: Int32Array): PictureArray {
  const [count, height, width, channels = 1] = shape;
  assertSizes(file, count, width, height);
  if (channels !== 1 && channels !== 3) throw file.refused(`its pictures have ${channels} channels; 1 or 3 are read.`);
  const stride = height * width * channels;
  return {
    file,
    split,
    count,
    header: rawHeader(width, height, channels),
    start: 4 + 4 * shape.length,
    stride,
    toPixels: (record) => record,
    labels,
  };
}
