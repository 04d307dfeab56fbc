// Pictures that a model is to be asked about, as they were given: files, and folders with all below them. Nothing is stored of them.
import { locale } from '#shared/language';
import { realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import type { ListedPictures, PictureTile } from '#shared/asking';
import { FailureError } from '#shared/failure';
import { decodePixels, readHeader } from './decode-picture';
import { uprightSize } from './formats/format';
import { namedLikePicture } from './formats/identify';
import { PictureError } from './picture-error';
import { FolderSource } from './sources/folder';
import { readWhole } from './sources/read-file';
import { walk } from './sources/source';
import { named } from './class-counts';

/** Asked about at once. */
export const MOST_PICTURES = 20_000;

/** Files are taken whatever they are called; of folders what is named like a picture. @throws FailureError dataset-missing, bad-setting */
export async function listPictures(paths: readonly string[]): Promise<ListedPictures> {
  /** Each with as much of its path as its name shows. */
  const found = new Map<string, number>();
  const problems: string[] = [];
  let passed = 0;
  const add = (file: string, parts: number): void => {
    found.set(file, parts);
    if (found.size > MOST_PICTURES)
      throw bad(`These are more than ${MOST_PICTURES.toLocaleString(locale)} pictures. Give fewer at once, a folder after the other.`);
  };
  for (const path of paths) {
    const given = await stat(path).catch(() => undefined);
    if (!given) throw new FailureError({ kind: 'dataset-missing', path });
    if (!given.isDirectory()) {
      // A pipe or a device may never come to an end.
      if (!given.isFile()) throw bad(`"${basename(path)}" is no file with a picture. Choose a picture, or a folder of them.`);
      add(path, 1);
      continue;
    }
    const root = await realpath(path);
    const above = paths.length > 1 ? 1 : 0;
    for await (const entry of walk(new FolderSource(root), '')) {
      if (entry.kind === 'problem') problems.push(`${entry.problem.file || basename(root)}: ${entry.problem.message}`);
      else if (namedLikePicture(entry.name)) add(join(root, entry.path), entry.path.split('/').length + above);
      else passed++;
    }
  }
  if (found.size === 0) {
    if (problems.length > 0) throw bad(problems[0]);
    throw bad(`There is no picture in ${paths.map((path) => named(basename(path))).join(', ')}. Choose a folder that holds pictures.`);
  }
  return { files: [...found.keys()], names: distinctNames(found), passed, problems };
}

/** The end of each path; where several end alike, as much more as tells them apart. @param shown parts of each that are shown at least */
function distinctNames(shown: ReadonlyMap<string, number>): string[] {
  const files = [...shown].map(([file, least]) => ({ parts: file.split(sep), least, name: '' }));
  let unnamed = files;
  for (let more = 0; unnamed.length > 0; more++) {
    const named = new Map<string, typeof files>();
    for (const file of unnamed) {
      file.name = file.parts.slice(-(file.least + more)).join('/');
      named.set(file.name, [...(named.get(file.name) ?? []), file]);
    }
    unnamed = [...named.values()].filter((alike) => alike.length > 1).flat();
  }
  return files.map(({ name }) => name);
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** As small as they are shown; none of one that cannot be read. @param side longest edge in pixels */
export async function pictureTiles(files: readonly string[], side: number): Promise<(PictureTile | undefined)[]> {
  const tiles: (PictureTile | undefined)[] = [];
  for (const file of files) tiles.push(await tileOf(file, side));
  return tiles;
}

async function tileOf(file: string, side: number): Promise<PictureTile | undefined> {
  try {
    const { bytes } = readWhole(file);
    const header = readHeader(bytes, file);
    const { width, height } = uprightSize(header);
    const scale = Math.min(1, side / Math.max(width, height));
    const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    return { ...size, channels: 3, pixels: await decodePixels(bytes, header, { ...size, channels: 3 }) };
  } catch (error) {
    if (error instanceof PictureError) return undefined;
    throw error;
  }
}
