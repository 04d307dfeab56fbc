// Whether a folder, there or still to be made, may be written to: found out by making one in it, since rights alone do not tell.
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { toFailure, type Failure } from '#shared/failure';

/** Undefined: it may. A full disk is left to those who write: what lies on it can still be looked at. */
export function unwritable(folder: string): Failure | undefined {
  try {
    rmdirSync(mkdtempSync(path.join(nearest(folder), '.overbatch-')));
    return undefined;
  } catch (error) {
    return toFailure(error).kind === 'disk-full' ? undefined : { kind: 'no-permission', path: folder };
  }
}

/** It, or the closest around it that is there. */
function nearest(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearest(parent);
}
