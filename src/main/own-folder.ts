// A failure in the app's own folder is told as one: the next step is another than with a folder that a person chose.
import path from 'node:path';
import type { Failure } from '#shared/failure';

/** @param root the data folder */
export function withinOwn(failure: Failure, root: string): Failure {
  if (failure.kind !== 'no-permission' && failure.kind !== 'no-room' && failure.kind !== 'disk-full') return failure;
  const way = path.relative(root, failure.path);
  if (way.startsWith('..') || path.isAbsolute(way)) return failure;
  // What lies on a disk is known by the folder that was chosen.
  return failure.kind === 'no-permission' ? { ...failure, own: true } : { ...failure, path: root };
}
