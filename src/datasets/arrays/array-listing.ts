// Arrays of pictures with an array of labels beside each, listed as if every picture were a file of its own.
import { locale } from '#shared/language';
import type { PictureLayout, SplitName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import type { RawPicture } from '../decode-picture';
import { decodedBytes, type PictureHeader } from '../formats/format';
import type { ListedPicture, Listing } from '../importers/importer';
import { byText } from '../sources/source';
import type { ArrayFile } from './array-file';

export interface PictureArray {
  file: ArrayFile;
  split: SplitName;
  count: number;
  header: PictureHeader;
  /** Of its first record, and from one record to the next, in bytes. */
  start: number;
  stride: number;
  /** Interleaved 8-bit values of one record. */
  toPixels(record: Buffer): Uint8Array;
  /** As many as pictures: indices into the listing's labels. */
  labels: ArrayLike<number>;
}

/** The list of their names is held in memory, and written as one text. */
export const MOST_PICTURES = 2_000_000;
export const MOST_CLASSES = 10_000;
export const LARGEST_SIDE = 8_192;

/** @throws FailureError dataset-invalid for sizes that cannot be, before a byte is allocated */
export function assertSizes(file: ArrayFile, count: number, width: number, height: number): void {
  if (count > MOST_PICTURES)
    throw file.refused(
      `its header declares ${count.toLocaleString(locale)} pictures; at most ${MOST_PICTURES.toLocaleString(locale)} are read.`,
    );
  if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
    throw file.refused(
      `its header declares pictures of ${width} × ${height}; 1 to ${LARGEST_SIDE.toLocaleString(locale)} pixels a side are read.`,
    );
  }
}

export const rawHeader = (width: number, height: number, channels: number): PictureHeader => ({
  width,
  height,
  colour: channels < 3 ? 'grey' : 'colour',
  alpha: channels === 4,
  depth: 8,
  orientation: 1,
});

/** Every file that carries pictures of its own; an array of a part that is alone is no split. */
export function listArrays(layout: PictureLayout, arrays: readonly PictureArray[], labels: string[], found?: string): Listing {
  const byName = new Map(arrays.map((array) => [array.file.entry.path, array]));
  const parts = new Set(arrays.map(({ split }) => split));
  const pictures = arrays.flatMap((array) => {
    const width = String(Math.max(0, array.count - 1)).length;
    return Array.from({ length: array.count }, (_, i): ListedPicture => ({
      file: `${array.file.entry.path}#${String(i).padStart(width, '0')}`,
      label: array.labels[i],
      split: parts.size > 1 ? array.split : 'none',
      bytes: decodedBytes(array.header),
    }));
  });
  const read = (picture: Pick<ListedPicture, 'file'>) => readRecord(arrayOf(byName, picture.file), picture.file);
  const stamp = async (picture: Pick<ListedPicture, 'file'>) => arrayOf(byName, picture.file).file.stamp;
  return { layout, labels, pictures, problems: [], found, read, stamp };
}

const arrayOf = (arrays: ReadonlyMap<string, PictureArray>, name: string): PictureArray =>
  arrays.get(name.slice(0, name.lastIndexOf('#')))!;

async function readRecord({ file, header, start, stride, toPixels }: PictureArray, name: string): Promise<RawPicture> {
  const place = Number(name.slice(name.lastIndexOf('#') + 1));
  const record = await file.read(start + place * stride, stride);
  return { header, pixels: toPixels(record) };
}

/** Distinct values, in the order of their text as all labels are, become classes named after them. @throws FailureError dataset-invalid */
export function classesOf(file: ArrayFile, values: readonly ArrayLike<number | string>[]): { labels: string[]; indices: Int32Array[] } {
  const distinct = new Set<number | string>();
  for (const list of values) {
    for (let i = 0; i < list.length; i++) distinct.add(list[i]);
    if (distinct.size > MOST_CLASSES)
      throw file.refused(
        `it holds more than ${MOST_CLASSES.toLocaleString(locale)} different labels, so they are hardly classes. Choose another file.`,
      );
  }
  const sorted = [...distinct].map(String).sort(byText);
  const index = new Map(sorted.map((value, i) => [value, i]));
  return {
    labels: sorted,
    indices: values.map((list) => Int32Array.from({ length: list.length }, (_, i) => index.get(String(list[i]))!)),
  };
}

export const manyParts = (path: string, names: readonly string[]) =>
  new FailureError({
    kind: 'dataset-invalid',
    path,
    problem: `several data sets lie in it (${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}). Put each into a folder of its own and choose one.`,
  });
