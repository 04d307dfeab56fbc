// Tables as files: written cell by cell with any separator and encoding, quoted where they must be.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEncoding } from '#shared/table';
import { temporaryFolder } from './temporary-folder';

export interface WrittenAs {
  separator?: string;
  encoding?: TextEncoding;
  mark?: boolean;
  newline?: string;
  name?: string;
}

const quoted = (cell: string, separator: string): string =>
  cell.includes(separator) || /["\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;

export const csvText = (rows: readonly (readonly string[])[], { separator = ',', newline = '\n' }: WrittenAs = {}): string =>
  rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator) + newline).join('');

export function encoded(text: string, encoding: TextEncoding = 'utf-8', mark = false): Buffer {
  const whole = mark ? `\ufeff${text}` : text;
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(whole);
    case 'utf-16le':
      return Buffer.from(whole, 'utf16le');
    case 'utf-16be':
      return Buffer.from(whole, 'utf16le').swap16();
    case 'windows-1252':
      return Buffer.from(text, 'latin1');
  }
}

/** The path of the file. */
export function writeTable(rows: readonly (readonly string[])[] | string, how: WrittenAs = {}, folder = temporaryFolder()): string {
  const path = join(folder, how.name ?? 'table.csv');
  writeFileSync(path, encoded(typeof rows === 'string' ? rows : csvText(rows, how), how.encoding, how.mark));
  return path;
}
