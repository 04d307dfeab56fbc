// Memory a run may take when the person named no budget: what the system says is available, never swap, less a margin.
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import type { EngineReport } from '#shared/engine';
import { availableMemoryBytes } from '#shared/system-memory';

/** Left to other programs and to what the meter cannot count (the runtime, oneDNN's own buffers). */
const SHARE = 0.75;

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * @param engine absent: the host's memory is what counts. On a graphics card its own does: TensorFlow's limit is what was free on the
 * card when the engine loaded.
 */
export function defaultBudgetBytes({ name, limitBytes = Infinity }: Partial<EngineReport> = {}): number {
  const isCards = name === 'tensorflow-cuda' && Number.isFinite(limitBytes);
  return Math.floor(SHARE * (isCards ? limitBytes : Math.min(availableMemoryBytes(readText, freemem()), limitBytes)));
}
