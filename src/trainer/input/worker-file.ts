// Where the built reading thread lies: beside the program that runs, or above its chunks.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'sample-worker.js';

/** Undefined where it was not built: the sources run by themselves, as in unit tests. OVERBATCH_SAMPLE_WORKER names another. */
export function workerFile(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [process.env.OVERBATCH_SAMPLE_WORKER, join(here, NAME), join(here, '..', NAME)];
  return places.find((path) => path !== undefined && existsSync(path));
}
