// The room there is: in memory, on a graphics card, on the disk of the data.
import type { CardMemory } from './card-memory';

export interface Space {
  freeMemoryBytes: number;
  totalMemoryBytes: number;
  /** Where the engine that runs here computes on one, and its driver tells. */
  card?: CardMemory;
  freeDiskBytes: number;
  dataFolder: string;
}
