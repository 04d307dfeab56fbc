// Puts pictures and their masks together by their names; what has no partner is named with what to do.
import { listed } from '#shared/language';
import type { FileProblem, PictureLayout, SplitName } from '#shared/dataset';
import { PictureError } from '../picture-error';
import { byText, problemEntry, type FileEntry, type Source } from '../sources/source';
import { filesOf, type Listing, type ListedPicture } from './importer';
import { splitNamed } from './split-name';

/** What mask files are called besides their picture's name. */
const MASK_END = /[-_. ](?:masks?|manual\d*|seg(?:mentation)?s?|labels?|label_?ids|annot(?:ation)?s?|gt|ground_?truth|L)$/i;
const PICTURE_END = /[-_. ](?:sat|rgb|imgs?|images?|photo|training|test)$/i;

export interface Half extends FileEntry {
  /** What both halves of a pair share: path and name below their folders, without ending. */
  key: string;
}

const withoutEnding = (path: string): string => path.replace(/\.[^./]+$/, '').normalize('NFC');

/** `folder`: the one that its path is taken below. */
export const halfOf = (file: FileEntry, folder: string): Half => ({
  ...file,
  key: withoutEnding(folder === '' ? file.path : file.path.slice(folder.length + 1)),
});

/** The picture's name in a mask's; undefined where the name does not say that it is one. */
export function maskOf(key: string): string | undefined {
  const stripped = key.replace(MASK_END, '');
  return stripped === key || stripped === '' || stripped.endsWith('/') ? undefined : stripped;
}

export interface PairedHalves {
  pairs: ListedPicture[];
  problems: FileProblem[];
}

/** By the same name, or by the name without what says "mask". A folder on the way to a picture may name its part of the split. */
export function pairHalves(pictures: readonly Half[], masks: readonly Half[], split: SplitName): PairedHalves {
  const problems: FileProblem[] = [];
  const byKey = new Map<string, Half>();
  const several = new Map<string, Half[]>();
  for (const mask of [...masks].sort((a, b) => byText(a.path, b.path))) {
    const key = mask.key;
    const known = byKey.get(key);
    if (known) several.set(key, [...(several.get(key) ?? [known]), mask]);
    else byKey.set(key, mask);
  }
  const byPicture = new Map<string, Half>();
  for (const mask of byKey.values()) {
    const name = maskOf(mask.key);
    if (name !== undefined && !byPicture.has(name)) byPicture.set(name, mask);
  }
  const used = new Set<Half>();
  const pairs: ListedPicture[] = [];
  for (const picture of pictures) {
    const mask = [picture.key, picture.key.replace(PICTURE_END, '')]
      .flatMap((key) => [byKey.get(key), byPicture.get(key)])
      .find((found) => found && !used.has(found));
    const doubles = mask && several.get(mask.key);
    if (doubles) {
      for (const one of doubles) used.add(one);
      const names = listed(doubles.map(({ path }) => path));
      const message = `It has several masks, ${names}, and one is used. Keep the right one; until then the picture is left out.`;
      problems.push(problemEntry(picture.path, 'no-mask', message).problem);
    } else if (!mask) {
      const message = 'There is no mask for this picture. Put one with the same name among the masks, or leave the picture out.';
      problems.push(problemEntry(picture.path, 'no-mask', message).problem);
    } else {
      used.add(mask);
      const { path: file, bytes } = picture;
      pairs.push({ file, bytes, label: 0, ...placeOf(picture.key, split), mask: { file: mask.path, bytes: mask.bytes } });
    }
  }
  for (const mask of byKey.values()) {
    if (used.has(mask)) continue;
    const message = 'There is no picture for this mask. Put one with the same name among the pictures, or leave the mask out.';
    problems.push(problemEntry(mask.path, 'no-picture', message).problem);
  }
  return { pairs, problems };
}

/** What is left of the way to a picture keeps it together with its neighbours, as a patient's pictures. */
function placeOf(key: string, split: SplitName): Pick<ListedPicture, 'split' | 'group'> {
  const folders = key.split('/').slice(0, -1);
  const part = folders.map(splitNamed).find((found) => found !== undefined);
  const group = folders.filter((name) => splitNamed(name) === undefined).join('/');
  return { split: part ?? split, ...(group === '' ? {} : { group }) };
}

/** Names of classes by number, a line each. */
const NAMES = /^(?:classes|class_?names|labels?|codes)\.txt$/i;
const MOST_NAME_BYTES = 20_000;

/** A file that cannot be read is named among `problems`. */
export async function classNames(source: Source, files: readonly FileEntry[], problems: FileProblem[]): Promise<string[]> {
  const file = files.find(({ name, bytes }) => NAMES.test(name) && bytes < MOST_NAME_BYTES);
  if (!file) return [];
  const text = await source.read(file.path, file.bytes).catch((error: unknown) => {
    if (!(error instanceof PictureError)) throw error;
    problems.push(error.of(file.path));
    return Buffer.alloc(0);
  });
  const lines = text
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/);
  const names = lines.map((line) => line.trim().normalize('NFC'));
  return names.includes('') || new Set(names).size < names.length ? [] : names;
}

export function listPairs(
  source: Source,
  layout: PictureLayout,
  { pairs, problems }: PairedHalves,
  found: string,
  names: string[],
): Listing {
  return {
    layout,
    found,
    labels: [],
    masks: { names },
    pictures: pairs.sort((a, b) => byText(a.file, b.file)),
    problems,
    ...filesOf(source),
  };
}
