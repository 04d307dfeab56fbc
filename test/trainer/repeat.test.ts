// A run repeated in a process of its own, cut as it was: its weights come out the same to the last bit. Another seed is another run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { HostedRun, type TrainCommand } from '#shared/hosted-run';
import { cutOf } from '#shared/plan';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { forkTrainer } from '#test/support/killed-run';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { engineIsInstalled } from '#test/support/tensorflow';

async function receiptOf(command: Omit<TrainCommand, 'kind' | 'outFolder'>): Promise<Receipt> {
  const outFolder = temporaryFolder();
  await new HostedRun(
    (next, hear) => forkTrainer(next, hear).job,
    () => {},
  ).train({ kind: 'train', ...command, outFolder });
  return JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
}

it.skipIf(!engineIsInstalled())(
  'a run on TensorFlow repeats to the last bit; cut otherwise, or with another seed, it does not',
  { timeout: 120_000 },
  async () => {
    const datasetFolder = join(temporaryFolder(), 'version');
    await importFolder(tinyImageFolder(['a', 'b', 'c'], 30), { width: 16, height: 16, channels: 3 }, datasetFolder);
    // Its statistics are of each piece: cut otherwise, it would be another run.
    const settings: Partial<RunSpec> = { model: 'resnet-8', batch: 64, epochs: 3, augment: { flip: 0.5 }, dropout: 0.2 };
    const spec: RunSpec = { ...DEFAULT_SPEC, ...settings, engine: 'tensorflow-cpu', budgetBytes: 12 * 2 ** 20 };
    const first = await receiptOf({ spec, datasetFolder });
    expect(first.pieces).toBeGreaterThan(1);

    // Pieces are the run's own, whatever the memory would allow now.
    const again = { spec: { ...spec, budgetBytes: 2 ** 30 }, datasetFolder, cut: cutOf(first.plan) };
    const repeated = await receiptOf(again);
    expect(repeated).toMatchObject({ microBatch: first.microBatch, pieces: first.pieces, weights: first.weights, final: first.final });
    expect(repeated.machine).toEqual(first.machine);

    expect((await receiptOf({ ...again, cut: undefined })).weights).not.toBe(first.weights);
    expect((await receiptOf({ ...again, spec: { ...spec, seed: spec.seed + 1 } })).weights).not.toBe(first.weights);
  },
);
