// Pictures that a model is to be asked about, as they were given: files, and folders with all below them. Nothing is stored of them.
import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ListedPictures, PictureTile } from '#shared/asking';
import { FailureError } from '#shared/failure';
import { decodePixels, readHeader } from './decode-picture';
import { uprightSize } from './formats/format';
import { namedLikePicture } from './formats/identify';
import { PictureError } from './picture-error';
import { FolderSource } from './sources/folder';
import { readWhole } from './sources/read-file';
import { walk } from './sources/source';

/** Asked about at once. */
export const MOST_PICTURES = 20_000;

/** Files are taken whatever they are called; of folders what is named like a picture. @throws FailureError dataset-missing, bad-setting */
export async function listPictures(paths: readonly string[]): Promise<ListedPictures> {
  const listed: ListedPictures = { files: [], names: [], passed: 0 };
  const add = (file: string, name: string): void => {
    listed.files.push(file);
    listed.names.push(name);
    if (listed.files.length > MOST_PICTURES)
      throw bad(`These are more than ${MOST_PICTURES.toLocaleString('en')} pictures. Give fewer at once, a folder after the other.`);
  };
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new FailureError({ kind: 'dataset-missing', path });
    if (!found.isDirectory()) {
      add(path, basename(path));
      continue;
    }
    const root = await realpath(path);
    const before = paths.length > 1 ? `${basename(root)}/` : '';
    for await (const entry of walk(new FolderSource(root), '')) {
      if (entry.kind === 'file' && namedLikePicture(entry.name)) add(join(root, entry.path), before + entry.path);
      else listed.passed++;
    }
  }
  if (listed.files.length === 0)
    throw bad(`There is no picture in ${paths.map((path) => `"${basename(path)}"`).join(', ')}. Choose a folder that holds pictures.`);
  return listed;
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
    const bytes = readWhole(file);
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
