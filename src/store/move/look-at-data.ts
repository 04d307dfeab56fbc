// What lies in a folder of data that is not in use: asked before it is used, or removed.
import path from 'node:path';
import type { DataLook } from '#shared/data-move';
import { DATABASE_NAME } from '../data-pointer';
import { countsIn } from '../examine';
import { bytesOf, contentsOf, historyBytes } from './contents';

export function lookAtData(folder: string): DataLook {
  const holds = countsIn(path.join(folder, DATABASE_NAME));
  return { folder, bytes: bytesOf(contentsOf(folder)) + historyBytes(folder), ...(holds && { holds }) };
}
