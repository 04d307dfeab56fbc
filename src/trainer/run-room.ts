// Room on the disk for what a run saves: asked for before it begins, and looked at while it trains, so that its place is still saved whole when
// the room runs out.
import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sizeOf } from '#engine/layers/layer';
import type { Network } from '#engine/network';
import { slotsOf, type Optimizer } from '#engine/optimizers';
import { lackOfRoom, runBytes, savingBytes, type SavedBytes } from '#shared/disk-room';
import type { FailureError } from '#shared/failure';
import { BYTES_OF_NUMBER } from '#shared/model-cards';
import { checkpointsFolder } from './checkpoint';

/** A look costs a few microseconds. */
const BETWEEN_LOOKS_MS = 1_000;

/** @param trained what the run trains of the network that it saves */
export function savedBytes(trained: Network, optimizer: Optimizer, whole: Network): SavedBytes {
  const numbers = ({ weights }: Network): number => weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const slots = trained.weights.reduce((sum, spec) => sum + slotsOf(optimizer, spec).length * sizeOf(spec.shape), 0);
  return { checkpoint: BYTES_OF_NUMBER * (numbers(trained) + slots), weights: BYTES_OF_NUMBER * numbers(whole) };
}

interface Planned {
  outFolder: string;
  bytes: SavedBytes;
  /** Still to be made. */
  steps: number;
  /** Only the model is still saved. */
  toFinish?: boolean;
}

/** What lies there already is not needed again. */
export function neededBytes({ outFolder, bytes, steps, toFinish }: Planned): number {
  if (toFinish) return savingBytes({ ...bytes, checkpoint: 0 });
  return Math.max(runBytes(bytes, steps) - bytesIn(outFolder), savingBytes(bytes));
}

/** @throws FailureError no-room */
export function requireRunRoom(planned: Planned): void {
  const lack = lackOfRoom({ what: 'run', path: planned.outFolder, neededBytes: neededBytes(planned) }, statfsSync);
  if (lack) throw lack;
}

/** Others write to that disk, too. */
export class RoomWatch {
  #lookedAt = -Infinity;

  constructor(
    private readonly outFolder: string,
    private readonly bytes: SavedBytes,
    private readonly now = () => performance.now(),
  ) {}

  /** Now and then, and always `atOnce`: why the run has to save its place now and go on later. */
  look(atOnce = false): FailureError | undefined {
    const now = this.now();
    if (!atOnce && now - this.#lookedAt < BETWEEN_LOOKS_MS) return undefined;
    this.#lookedAt = now;
    return lackOfRoom({ what: 'going-run', path: this.outFolder, neededBytes: savingBytes(this.bytes) }, statfsSync);
  }
}

/** Of its checkpoints and of what lies beside them. */
function bytesIn(outFolder: string): number {
  const inCheckpoints = namesIn(checkpointsFolder(outFolder)).map((name) => join(checkpointsFolder(outFolder), name));
  const places = [outFolder, checkpointsFolder(outFolder), ...inCheckpoints];
  const files = places.flatMap((place) => namesIn(place).map((name) => join(place, name)));
  return files.reduce((sum, file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return sum + (found?.isFile() ? found.size : 0);
  }, 0);
}

/** None where it is a file, or not there. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
