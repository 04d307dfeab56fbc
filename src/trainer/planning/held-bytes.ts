// Host memory that a run holds beside the engine's, for samples that are read ahead: part of its budget where that is the host's.
import type { Subject } from './subject';

export const heldBytes = ({ runtime, data }: Subject, { batch, budgetBytes }: { batch: number; budgetBytes: number }): number =>
  runtime.meter.isDeviceMemory ? 0 : data.hostBytesFor(batch, budgetBytes);
