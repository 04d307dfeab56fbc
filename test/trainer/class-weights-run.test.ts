// What weights of classes are for: of a rare class that overlaps a common one they let far more be found; without them it is passed over.
import { expect, test } from 'vitest';
import { join } from 'node:path';
import { importTable } from '#datasets/tables/import-table';
import { randomStream } from '#engine/random';
import type { RunSpec } from '#shared/run-spec';
import { writeTable } from '#test/support/table';
import { runTable } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';

/** 600 rows of one class and 60 of another, whose two numbers overlap. */
async function unequal(): Promise<string> {
  const random = randomStream(11);
  const bell = (): number => random() + random() + random() + random() - 2;
  const row = (label: string, centre: number): string[] => [(centre + bell()).toFixed(4), (centre + bell()).toFixed(4), label];
  const rows = Array.from({ length: 660 }, (_, i) => (i % 11 === 0 ? row('rare', 0.6) : row('common', 0)));
  const folder = join(temporaryFolder(), 'version');
  await importTable(writeTable([['x', 'y', 'kind'], ...rows]), { kind: 'table', target: 'kind', task: 'classification' }, folder);
  return folder;
}

test('the share of the rare class that is found rises from under a third to over two thirds', async () => {
  const data = await unequal();
  const recallOfRare = async (settings: Partial<RunSpec>) => {
    const { finished } = await runTable(data, 'classification', { model: 'linear', epochs: 20, ...settings });
    // Classes in the order of the alphabet: common, rare.
    return finished.validation!.scores!.recall.each![1]!;
  };
  const [weighted, plain] = [await recallOfRare({ classWeights: 'auto' }), await recallOfRare({})];
  console.log(`recall of the rare class: ${plain.toFixed(3)} without weights, ${weighted.toFixed(3)} with`);
  expect(plain).toBeLessThan(1 / 3);
  expect(weighted).toBeGreaterThan(2 / 3);
});
