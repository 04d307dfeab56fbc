// CIFAR-10 and CIFAR-100, binary version: a label (or two) and 3 × 32 × 32 bytes, plane after plane, picture after picture.
import { locale } from '#shared/language';
import type { SplitName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { ArrayFile } from '../arrays/array-file';
import { listArrays, rawHeader, type PictureArray } from '../arrays/array-listing';
import { interleaved } from '../arrays/planes';
import type { FileEntry, Source } from '../sources/source';
import { outerFiles } from './data-root';
import type { Importer } from './importer';

const SIDE = 32;
const PLANE = SIDE * SIDE;

interface Variant {
  /** Before the pixels; the last of them is the class. */
  labelBytes: number;
  /** Where names are not beside it. */
  classes: number;
  names: string;
  /** Nothing else is called so. */
  isClear: boolean;
  partOf(name: string): SplitName | undefined;
}

const CIFAR_10: Variant = {
  labelBytes: 1,
  classes: 10,
  names: 'batches.meta.txt',
  isClear: true,
  partOf: (name) => (/^data_batch_\d+\.bin$/i.test(name) ? 'train' : /^test_batch\.bin$/i.test(name) ? 'test' : undefined),
};
const CIFAR_100: Variant = {
  labelBytes: 2,
  classes: 100,
  names: 'fine_label_names.txt',
  isClear: false,
  partOf: (name) => (/^train\.bin$/i.test(name) ? 'train' : /^test\.bin$/i.test(name) ? 'test' : undefined),
};

export const cifar: Importer = {
  async list({ source, chosen }, watch) {
    const files = await outerFiles(source, watch.signal);
    const variant = [CIFAR_10, CIFAR_100].find((known) => matches(known, files, chosen));
    if (!variant) {
      refusePickle(files, chosen);
      return undefined;
    }
    const labels = await classNames(source, files, variant);
    const arrays: PictureArray[] = [];
    for (const entry of files) {
      const split = variant.partOf(entry.name);
      if (split) arrays.push(await readBatch(await ArrayFile.open(source, entry), split, variant, labels, watch.signal));
    }
    return listArrays('cifar', arrays, labels, `CIFAR-${variant.classes}`);
  },
};

/** "train.bin" may be anything: without the names beside it a size must fit. What does not fit is refused where it is read. */
function matches({ partOf, names, labelBytes, isClear }: Variant, files: readonly FileEntry[], chosen: string | undefined): boolean {
  const parts = files.filter(({ name }) => partOf(name));
  if (chosen !== undefined && !partOf(chosen)) return false;
  return (
    parts.length > 0 &&
    (isClear || files.some(({ name }) => name === names) || parts.some(({ bytes }) => bytes > 0 && bytes % (labelBytes + 3 * PLANE) === 0))
  );
}

function refusePickle(files: readonly FileEntry[], chosen: string | undefined): void {
  const pickled = files.find(({ name }) => /^(data_batch_\d|test_batch)$/.test(name) && (chosen === undefined || chosen === name));
  if (!pickled) return;
  throw new FailureError({
    kind: 'dataset-invalid',
    path: pickled.path,
    problem:
      'this is the Python version of CIFAR, a kind of file that can run programs when it is opened, so it is not. Download the binary version.',
  });
}

async function classNames(source: Source, files: readonly FileEntry[], { names, classes }: Variant): Promise<string[]> {
  const entry = files.find(({ name, bytes }) => name === names && bytes < 1e5);
  const text = entry ? (await source.read(entry.path, entry.bytes)).toString('utf8') : '';
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length === classes && new Set(lines).size === classes ? lines : Array.from({ length: classes }, (_, i) => String(i));
}

async function readBatch(
  file: ArrayFile,
  split: SplitName,
  { labelBytes }: Variant,
  labels: string[],
  signal?: AbortSignal,
): Promise<PictureArray> {
  const stride = labelBytes + 3 * PLANE;
  const { bytes } = file.entry;
  if (bytes === 0 || bytes % stride !== 0) {
    throw file.refused(
      `its ${bytes.toLocaleString(locale)} bytes are no whole number of pictures (${stride.toLocaleString(locale)} bytes each): it is cut off or something else. Download it again.`,
    );
  }
  const values = new Uint8Array(bytes / stride);
  await file.proveLength(bytes, signal, (piece, at) => {
    for (let i = Math.ceil((at - labelBytes + 1) / stride); i < values.length; i++) {
      const place = i * stride + labelBytes - 1 - at;
      if (place >= piece.length) break;
      if (place >= 0) values[i] = piece[place];
    }
  });
  const wrong = values.findIndex((value) => value >= labels.length);
  if (wrong >= 0)
    throw file.refused(
      `its picture ${wrong} has the label ${values[wrong]}, and there are ${labels.length} classes: it is damaged or something else. Download it again.`,
    );
  const toPixels = (record: Buffer) => interleaved(record.subarray(labelBytes), PLANE, 3);
  return { file, split, count: values.length, header: rawHeader(SIDE, SIDE, 3), start: 0, stride, toPixels, labels: values };
}
