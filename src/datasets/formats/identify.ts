// Which format a file is in, by its first bytes; its name is never trusted.
import { extname } from 'node:path';
import { listed } from '#shared/language';
import { PictureError } from '../picture-error';
import type { PictureFormat } from './format';
import { bmp } from './bmp';
import { gif } from './gif';
import { jpeg } from './jpeg';
import { png } from './png';
import { tiff } from './tiff';
import { webp } from './webp';

/** Every format that is read; a new one is a file beside this and its line here. */
const FORMATS: readonly PictureFormat[] = [png, jpeg, webp, tiff, gif, bmp];

/** Pictures that are known but not read yet: their name, and the bytes they carry at a place. */
const UNREAD: readonly [name: string, at: number, magic: string][] = [
  ['HEIC', 4, 'ftyphei'],
  ['HEIC', 4, 'ftypmif1'],
  ['AVIF', 4, 'ftypavif'],
  ['JPEG 2000', 4, 'jP  '],
  ['JPEG XL', 4, 'JXL '],
  ['Photoshop', 0, '8BPS'],
];

const PICTURE_EXTENSION = /\.(png|jpe?g?|jpe|jfif|gif|bmp|dib|webp|tiff?|hei[cf]|avif|jp2|jxl|psd|svg)$/i;

/** Whether a file claims by its name to be a picture. */
export const namedLikePicture = (file: string): boolean => PICTURE_EXTENSION.test(file);

/** @throws PictureError unsupported or not-a-picture */
export function identify(bytes: Buffer, file: string): PictureFormat {
  const format = FORMATS.find((known) => known.matches(bytes));
  if (format) return format;
  const names = listed(FORMATS.map(({ name }) => name));
  for (const [name, at, magic] of UNREAD) {
    if (bytes.toString('latin1', at, at + magic.length) === magic) {
      throw new PictureError('unsupported', `This is a ${name} file, and ${names} are read. Save it as one of these, or leave it out.`);
    }
  }
  if (!namedLikePicture(file))
    throw new PictureError('not-a-picture', 'This is not a picture. Move it out of the folder, or leave it out.');
  if (/^\s*<(!doctype|html|head|body)/i.test(bytes.toString('latin1', 0, 64))) {
    throw new PictureError(
      'not-a-picture',
      'This is a web page saved under the name of a picture. Download the picture again, or leave it out.',
    );
  }
  throw new PictureError('not-a-picture', 'The file is named like a picture, but its content is none. Copy it again, or leave it out.');
}

/** The usual ending of another format, or undefined when the name fits what is inside. */
export const misnamed = (file: string, format: PictureFormat): boolean => !format.extensions.includes(extname(file).toLowerCase());
