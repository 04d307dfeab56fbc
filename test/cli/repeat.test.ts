// A run repeated on the command line says whether its weights are the same, and beforehand what differs; without its data it is refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Receipt } from '#shared/run-event';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { trainCli, type CliResult } from '#test/support/train-cli';

const notes = ({ events }: CliResult): string[] => events.flatMap((event) => (event.kind === 'note' ? [event.message] : []));

it('the same weights, to the last bit; others where the receipt names others', { timeout: 120_000 }, async () => {
  const [first, second, third] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const settings = ['--batch', '16', '--micro', '4', '--epochs', '2', '--engine', 'wasm', '--augment', 'flip'];
  await trainCli(['--data', tinyImageFolder(['a', 'b'], 12), ...settings, '--out', first, '--json']);
  const again = await trainCli(['--repeat', first, '--out', second, '--json']);
  expect(again.code).toBe(0);
  expect(again.events.find((event) => event.kind === 'planned')?.plan).toMatchObject({ micro: 4, pieces: [4, 4, 4, 4] });
  expect(notes(again).filter((note) => !note.includes('held out'))).toEqual([
    'The weights are the same as those of the run it repeats, to the last bit.',
  ]);

  // The control: a run that came to something else, on a computer that is another.
  const file = join(first, 'receipt.json');
  const receipt = JSON.parse(readFileSync(file, 'utf8')) as Receipt;
  writeFileSync(
    file,
    JSON.stringify({ ...receipt, seed: 2, spec: { ...receipt.spec, seed: 2 }, machine: { ...receipt.machine, threads: 1_000 } }),
  );
  const other = await trainCli(['--repeat', first, '--out', third, '--json']);
  expect(notes(other)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^It was made on another computer/),
      'The weights are others than those of the run it repeats.',
    ]),
  );

  writeFileSync(file, JSON.stringify({ ...receipt, dataset: { ...receipt.dataset, contentHash: 'of others' } }));
  const refused = await trainCli(['--repeat', first, '--out', temporaryFolder(), '--json']);
  expect(refused.code).toBe(1);
  expect(refused.events.at(-1)).toMatchObject({
    kind: 'failed',
    sentence: expect.stringMatching(/not the data this run learnt from/) as string,
  });
});
