// Names inside an archive are written by strangers: which of them are names of files, and what the others are refused for.
import { locale } from '#shared/language';
import { getFileNameLowLevel, type Entry as ZipEntry } from 'yauzl';

const MOST_NAME_CHARACTERS = 1_000;
const UNIX = 3;
const FILE_TYPE = 0o170000;
const [REGULAR, FOLDER, LINK] = [0o100000, 0o040000, 0o120000];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 where it is valid, flag or not, as macOS writes it; else what the archive's own rules say (code page 437). */
export function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: ZipEntry): string {
  try {
    return utf8.decode(fileNameRaw).replaceAll('\\', '/');
  } catch {
    return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  }
}

/** Why `name` is refused, in a clause; undefined for a plain relative name. */
export function unsafeName(name: string): string | undefined {
  if (name.length > MOST_NAME_CHARACTERS) return `is ${name.length.toLocaleString(locale)} characters long`;
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'holds control characters';
  if (name.startsWith('/')) return 'is an absolute path';
  if (/^[a-z]:/i.test(name)) return 'begins with a drive letter';
  const parts = name.split('/');
  if (parts.includes('..')) return 'leads out of the archive ("..")';
  return parts.some((part) => part === '' || part === '.') ? 'is no plain path' : undefined;
}

/** What kind of thing an entry says it is; systems other than Unix know files and folders only. */
export function typeOf({ versionMadeBy, externalFileAttributes }: ZipEntry): 'file' | 'link' | 'device' {
  if (versionMadeBy >>> 8 !== UNIX) return 'file';
  const type = (externalFileAttributes >>> 16) & FILE_TYPE;
  if (type === LINK) return 'link';
  return type === 0 || type === REGULAR || type === FOLDER ? 'file' : 'device';
}
