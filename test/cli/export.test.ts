// `export` as a person types it: what is wrong is said in a sentence, and a run of `train` becomes a page; wants a build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportCommand } from '#cli/export';
import { temporaryFolder } from '#test/support/temporary-folder';
import { trainCli } from '#test/support/train-cli';

/** Started by a German app or person it speaks English all the same. */
const env = { ...process.env, OVERBATCH_LANGUAGE: 'de' };
const cli = (...args: string[]) =>
  spawnSync(process.execPath, [join('out', 'main', 'cli.js'), 'export', ...args], { encoding: 'utf8', env });

describe('export', () => {
  it.each([
    [[], /Say which run to take away/],
    [['a', 'b', '--as', 'html'], /only that/],
    [['a'], /Say what it is to become: --as html/],
    [['a', '--as', 'exe'], /There is no export "exe"/],
    [['a', '--loud'], /--loud/],
  ])('%j is answered with how to use it', async (args, sentence) => {
    await expect(exportCommand(args)).rejects.toThrow(sentence);
  });

  it('a run becomes a page and a folder, beside each other, compared on what it held out', async () => {
    const folder = temporaryFolder();
    const run = join(folder, 'digits');
    const { code } = await trainCli([
      '--data',
      'sample:digits',
      '--epochs',
      '1',
      '--batch',
      '256',
      '--engine',
      'wasm',
      '--out',
      run,
      '--json',
    ]);
    expect(code).toBe(0);
    const html = cli(run, '--as', 'html', '--out', join(folder, 'digits.html'));
    expect(html.status).toBe(0);
    expect(html.stdout).toMatch(/Saved as .*digits\.html, 1\.\d+ MB\. It was run and gave .* on 32 held-out samples/);
    const tfjs = cli(run, '--as', 'tfjs', '--out', join(folder, 'digits-tfjs'), '--json');
    const lines = tfjs.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['export-progress', 'exported']));
    expect(lines.at(-1)).toMatchObject({ kind: 'exported', proof: { kind: 'run', samples: { count: 32, from: 'held-out' } } });
    expect(readdirSync(folder).sort()).toEqual(['digits', 'digits-tfjs', 'digits.html']);
    const again = cli(run, '--as', 'html', '--out', join(folder, 'digits.html'));
    expect([again.status, again.stderr.trim()]).toEqual([1, expect.stringMatching(/^There is already something called digits\.html/)]);
    expect(cli(run, '--as', 'html', '--out', join(folder, 'digits.html'), '--replace').status).toBe(0);
    for (const [as, main] of [
      ['keras', 'model.keras'],
      ['onnx', 'model.onnx'],
      ['pytorch', 'train.py'],
    ]) {
      const out = join(folder, `digits-${as}`);
      expect(cli(run, '--as', as, '--out', out).stdout).toContain('The files were read again and are whole.');
      expect(readdirSync(out)).toContain(main);
    }
  }, 120_000);

  it('a folder that holds no run is named', () => {
    const [folder, place] = [temporaryFolder(), temporaryFolder()];
    const { status, stderr } = cli(folder, '--as', 'html', '--out', join(place, 'x.html'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('there is no model.json in it')]);
    expect(existsSync(join(place, 'x.html'))).toBe(false);
  });
});
