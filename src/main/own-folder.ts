// A failure in the app's own folder is told as one: the next step is another than with a folder that a person chose.
import path from 'node:path';
import type { Failure } from '#shared/failure';

/** @param root the data folder */
export function withinOwn(failure: Failure, root: string): Failure {
  if (failure.kind !== 'no-permission') return failure;
  const way = path.relative(root, failure.path);
  return way.startsWith('..') || path.isAbsolute(way) ? failure : { ...failure, own: true };
}
