// A run repeated on the command line says whether its weights are the same, and beforehand what differs; without its data it is refused.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repeatedRun } from '#cli/repeated-run';
import { parseTrainOptions } from '#cli/train-options';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
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

it('a run whose folder would be its own is not repeated into it, and a receipt that tells of no run is said to be damaged', async () => {
  const folder = temporaryFolder();
  const receipt = {
    spec: DEFAULT_SPEC,
    plan: { pieces: [4] },
    engine: { name: 'wasm' },
    dataset: { contentHash: 'of this run' },
  };
  writeFileSync(join(folder, 'receipt.json'), JSON.stringify(receipt));
  const link = join(temporaryFolder(), 'link');
  symlinkSync(folder, link, 'dir');
  const repeat = (out: string) =>
    repeatedRun(folder, out, parseTrainOptions(['--repeat', folder]), { say: () => {}, signal: new AbortController().signal });
  for (const out of [folder, link]) await expect(repeat(out)).rejects.toThrow(/it would replace the run it repeats/);
  // The control: in another folder it fails of its data only.
  await expect(repeat(temporaryFolder())).rejects.toThrow(/data of this run are not where they were/);
  writeFileSync(join(folder, 'receipt.json'), '{"a":1}');
  await expect(repeat(temporaryFolder())).rejects.toThrow(/its receipt.json is damaged/);
});
