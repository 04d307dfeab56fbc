// Data in another folder than the one in use, in plain words.
import { formatBytes } from '#shared/bytes';
import type { DataLook } from '#shared/data-move';
import { counted } from './numbers';

export function otherDataWords({ bytes, holds }: Pick<DataLook, 'bytes' | 'holds'>): string {
  const size = formatBytes(bytes);
  if (holds === undefined) return `Its history cannot be read. All of it takes ${size}.`;
  if (holds.runs === 0 && holds.datasets === 0) return `No run and no data set lie there. All of it takes ${size}.`;
  const runs = counted(holds.runs, 'run', 'runs');
  const datasets = counted(holds.datasets, 'version of data', 'versions of data');
  return `What lies there: ${runs} and ${datasets}. All of it takes ${size}.`;
}
