// Which folder holds the data, where it was moved from the usual one: a small file in the app's own folder, read before anything else.
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { writeWhole } from './write-whole';

export const DATABASE_NAME = 'overbatch.db';
const POINTER_NAME = 'data-folder.json';

export interface Pointer {
  folder: string;
  /** It was moved from there, where everything still lies until the person has it removed. */
  before?: string;
}

/**
 * Undefined: everything lies in the app's own folder.
 * @throws FailureError bad-setting where it cannot be read: an empty history in its place would look like a loss
 */
export function readPointer(user: string): Pointer | undefined {
  const file = path.join(user, POINTER_NAME);
  if (!existsSync(file)) return undefined;
  try {
    const { folder, before } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (typeof folder !== 'string' || !path.isAbsolute(folder)) throw new TypeError('It names no folder.');
    return { folder: path.resolve(folder), ...(typeof before === 'string' && { before: path.resolve(before) }) };
  } catch {
    const problem = `The file ${file}, which says where your data lies, cannot be read. Choose the folder of your data again.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
}

/** Since when it says so. */
export const pointedAt = (user: string): string => statSync(path.join(user, POINTER_NAME)).mtime.toISOString();

/** From its end on the folder holds. */
export function writePointer(user: string, { folder, before }: Pointer): void {
  // Nothing to remember is no file.
  if (folder === user && before === undefined) return rmSync(path.join(user, POINTER_NAME), { force: true });
  writeWhole(path.join(user, POINTER_NAME), `${JSON.stringify({ folder, before }, undefined, 2)}\n`);
}

/** A history is there, or was: an empty folder in the place of a disk that is not connected is none. */
export function holdsData(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name === DATABASE_NAME || name.startsWith(`${DATABASE_NAME}.damaged-`));
  } catch {
    return false;
  }
}
