// The receipt of a run on the command line: in words, as JSON, as a page; and refused where there is none. Wants a build.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { trainCli } from '#test/support/train-cli';

const receipt = (...args: string[]) =>
  spawnSync(process.execPath, [join('out', 'main', 'cli.js'), 'receipt', ...args], { encoding: 'utf8' });

it('says what the run came to and which model is kept, and names no place', async () => {
  const out = temporaryFolder();
  await trainCli(['--data', tinyImageFolder(['a', 'b'], 8), '--batch', '8', '--epochs', '3', '--engine', 'wasm', '--json', '--out', out]);
  const words = receipt(out);
  expect(words.status).toBe(0);
  expect(words.stdout).toMatch(/^Receipt: .*\nCompleted; started /);
  expect(words.stdout).toMatch(/Trained: 3 epochs, \d+ steps\n {2}Model: Kept: the model of epoch \d,/);
  const json = JSON.parse(receipt(out, '--json').stdout) as { receipt: unknown };
  expect(json).toMatchObject({
    format: 1,
    state: 'completed',
    epochsDone: 3,
    receipt: { done: { epochs: 3 }, model: { of: 'best epoch' } },
  });

  const page = join(temporaryFolder(), 'receipt.html');
  expect(receipt(out, '--out', page).stdout).toBe(`Saved ${page}.\n`);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('<dt>Trained</dt>');
  expect(html).not.toContain('<script');
  for (const told of [words.stdout, html, JSON.stringify(json)]) expect(told).not.toContain(join(out, '..'));

  expect(receipt(temporaryFolder())).toMatchObject({ status: 1, stderr: expect.stringContaining('no receipt.json') as string });
  expect(receipt(out, '--out', 'receipt.pdf')).toMatchObject({ status: 1, stderr: expect.stringContaining('.html') as string });
});
