// Memory a run may take when the person named no budget: what the system says is available, never swap, less a margin.
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { EngineReport } from '#shared/engine';

/** Left to other programs and to what the meter cannot count (the runtime, oneDNN's own buffers). */
const SHARE = 0.75;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Bytes a process can take now without swapping: MemAvailable, and the control group's limit where there is one. */
export function availableMemoryBytes(): number {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(read('/proc/meminfo'));
  const system = available ? Number(available[1]) * 1024 : freemem();
  const limit = Number(read('/sys/fs/cgroup/memory.max'));
  const used = Number(read('/sys/fs/cgroup/memory.current'));
  return limit > 0 ? Math.min(system, Math.max(0, limit - used)) : system;
}

export const defaultBudgetBytes = ({ limitBytes = Infinity }: EngineReport): number =>
  Math.floor(SHARE * Math.min(availableMemoryBytes(), limitBytes));
