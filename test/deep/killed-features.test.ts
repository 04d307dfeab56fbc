// A run whose process is killed twice while the rest of its model looks at the pictures: it goes on behind what is proven to lie there, and comes to
// the same features and weights, bit for bit. Wants a build (npm test makes one).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import type { Reading } from '#shared/job';
import type { RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { TrainerMessage } from '#shared/trainer-messages';
import { forkTrainer } from '#test/support/killed-run';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { provenRows } from '#trainer/features/proven-rows';

const HEAD: Partial<RunSpec> = { model: 'efficientnet-lite0', start: 'imagenet', trains: 'head', engine: 'wasm', batch: 16, epochs: 2 };
const SPEC: RunSpec = { ...DEFAULT_SPEC, ...HEAD, learningRate: 0.01, finalModel: 'last' };
const EACH = 70;
/** What the model sees of a picture: 1280 numbers. */
const ROWS = { count: 3 * EACH, rowBytes: 4 * 1280 };

/** @param moments at how many proven pictures its process is killed, one after the other */
async function run(moments: readonly number[]): Promise<{ notes: string[]; features: Buffer; weights: Buffer }> {
  const [datasetFolder, outFolder] = [join(temporaryFolder(), 'version'), temporaryFolder()];
  await importFolder(tinyImageFolder(['a', 'b', 'c'], EACH), { width: 48, height: 48, channels: 3 }, datasetFolder);
  const featureFiles = () => readdirSync(datasetFolder).filter((name) => name.startsWith('features-'));
  const waiting = [...moments];
  const events: RunEvent[] = [];
  const start = (next: TrainCommand, read: Reading<TrainerMessage, void>) => {
    const { child, job } = forkTrainer(next, read);
    const due = waiting.shift();
    if (due === undefined) return job;
    const watch = setInterval(() => {
      const made = featureFiles().map((name) => provenRows(join(datasetFolder, name), ROWS));
      if (Math.max(0, ...made) >= due) child.kill('SIGKILL');
    }, 5);
    child.on('exit', () => clearInterval(watch));
    return job;
  };
  await new HostedRun(start, (event) => events.push(event)).train({ kind: 'train', spec: SPEC, datasetFolder, outFolder });
  const files = featureFiles();
  expect(files).toHaveLength(1);
  return {
    notes: events.flatMap((event) => (event.kind === 'note' ? [event.message] : [])),
    features: readFileSync(join(datasetFolder, files[0])),
    weights: readFileSync(join(outFolder, 'weights.bin')),
  };
}

test('killed twice, it goes on each time, to the same bits', async () => {
  const [whole, killed] = [await run([]), await run([1, 100])];
  const goneOn = (notes: readonly string[]) =>
    notes.flatMap((note) => /^It goes on behind the first (\d+),/.exec(note)?.[1] ?? []).map(Number);
  const [first, second] = goneOn(killed.notes);
  expect([first, second].map((rows) => rows % 51)).toEqual([0, 0]);
  expect(second).toBeGreaterThan(first);
  expect(killed.notes.filter((note) => note.includes('The run goes on from where it began.'))).toHaveLength(2);
  expect(killed.features.equals(whole.features)).toBe(true);
  expect(killed.weights.equals(whole.weights)).toBe(true);
  expect(goneOn(whole.notes), 'control').toEqual([]);
});
