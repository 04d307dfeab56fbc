// NumPy arrays, loose (.npy) or in an archive (.npz): pictures x with labels y, one pair or one for each part of a split.
import { locale } from '#shared/language';
import type { SplitName } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { ArrayFile } from '../arrays/array-file';
import { classesOf, listArrays, manyParts, type PictureArray } from '../arrays/array-listing';
import { readNpyHeader, type NpyHeader } from '../arrays/npy';
import { readLabels } from '../arrays/npy-labels';
import { openPictures } from '../arrays/npy-pictures';
import type { FileEntry } from '../sources/source';
import { outerFiles } from './data-root';
import type { Importer } from './importer';
import { splitNamed } from './split-name';

const ROLES: Record<string, 'x' | 'y'> = {
  x: 'x',
  image: 'x',
  images: 'x',
  img: 'x',
  imgs: 'x',
  picture: 'x',
  pictures: 'x',
  data: 'x',
  features: 'x',
  y: 'y',
  label: 'y',
  labels: 'y',
  target: 'y',
  targets: 'y',
  class: 'y',
  classes: 'y',
};
const NPY = /\.npy$/i;
const MOST_ARRAYS = 64;

interface Member {
  file: ArrayFile;
  header: NpyHeader;
  role?: 'x' | 'y';
  split?: SplitName;
}

export const numpy: Importer = {
  async list({ source, chosen }, watch) {
    const entries = (await outerFiles(source, watch.signal)).filter(({ name }) => NPY.test(name));
    if (entries.length === 0 || (chosen !== undefined && !entries.some(({ name }) => name === chosen))) return undefined;
    if (entries.length > MOST_ARRAYS) throw manyArrays(entries);
    const members: Member[] = [];
    for (const entry of entries) {
      const file = await ArrayFile.open(source, entry);
      members.push({ file, header: await readNpyHeader(file), ...meaningOf(entry) });
    }
    const pairs = pairsOf(members);
    const arrays: Omit<PictureArray, 'labels'>[] = [];
    const values = [];
    for (const { x, y, split } of pairs) {
      if (y.header.shape[0] !== x.header.shape[0]) {
        throw y.file.refused(`it holds ${count(y)} labels for the ${count(x)} pictures of ${x.file.entry.name}. Save both again.`);
      }
      arrays.push({ ...(await openPictures(x.file, x.header, watch.signal)), split });
      values.push(await readLabels(y.file, y.header, watch.signal));
    }
    const { labels, indices } = classesOf(pairs[0].y.file, values);
    return listArrays(
      'numpy',
      arrays.map((array, i) => ({ ...array, labels: indices[i] })),
      labels,
      `NumPy arrays ${pairs.map(({ x, y }) => `${nameOf(x)} with ${nameOf(y)}`).join(', ')}`,
    );
  },
};

const manyArrays = ([first, ...rest]: FileEntry[]) =>
  new FailureError({
    kind: 'dataset-invalid',
    path: first.path,
    problem: `beside it lie ${rest.length.toLocaleString(locale)} more NumPy arrays, and ${MOST_ARRAYS} are read together. Stack the pictures into one array x, and their labels into one array y.`,
  });

const count = ({ header }: Member) => (header.shape[0] ?? 1).toLocaleString(locale);
const nameOf = ({ file }: Member) => file.entry.name.replace(NPY, '');

/** "x_train", "train_images", "xtrain", "labels". */
function meaningOf({ name }: FileEntry): Pick<Member, 'role' | 'split'> {
  const words = name
    .replace(NPY, '')
    .toLowerCase()
    .replace(/^([xy])(?=train|test|val)/, '$1_')
    .split(/[^a-z0-9]+/);
  const role = words.map((word) => (Object.hasOwn(ROLES, word) ? ROLES[word] : undefined)).find((found) => found !== undefined);
  return { role, split: words.map(splitNamed).find((found) => found !== undefined) };
}

function pairsOf(members: Member[]): { x: Member; y: Member; split: SplitName }[] {
  const named = members.filter(({ role }) => role === 'x');
  // Without names that say so: the only one that can be pictures, and the only one that can be labels.
  const like = (wanted: 'x' | 'y') => members.filter(({ header: { shape } }) => (wanted === 'x' ? shape.length > 2 : isColumn(shape)));
  const pictures = named.length > 0 ? named : like('x');
  if (pictures.length === 0)
    throw members[0].file.refused(
      `no array of pictures was found among ${members.map(nameOf).join(', ')}. Name it x, or x_train and x_test, of shape (count, height, width) or (count, height, width, 3).`,
    );
  const pairs = pictures.map((x) => {
    const labelled = members.filter((member) => member.role === 'y' && member.split === x.split);
    const candidates = labelled.length > 0 ? labelled : pictures.length === 1 ? like('y').filter(({ role }) => role === undefined) : [];
    if (candidates.length !== 1)
      throw x.file.refused(
        `no one array of labels was found for it. Name it ${nameOf(x).replace(/x|images?|data/i, 'y')}, with one class for each picture.`,
      );
    return { x, y: candidates[0], split: x.split ?? ('none' as const) };
  });
  const splits = new Set(pairs.map(({ split }) => split));
  if (splits.size < pairs.length) throw manyParts(pictures[0].file.entry.path, pictures.map(nameOf));
  return pairs;
}

const isColumn = (shape: readonly number[]) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);
