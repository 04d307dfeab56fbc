// The machine a figure belongs to.
import { availableParallelism, cpus, release } from 'node:os';

export function machineSentence(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown CPU';
  return `${model}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.versions.node}`;
}
