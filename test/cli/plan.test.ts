// `plan` as a person types it: a forecast and a plan that agree, one JSON object, an exit code that says whether it fits, and nothing left
// behind when it is interrupted; wants a build.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planCommand, type PlanAnswer } from '#cli/plan';
import { fits } from '#shared/forecast';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const PROGRAM = [join('out', 'main', 'cli.js'), 'plan'];
const cli = (...args: string[]) => spawnSync(process.execPath, [...PROGRAM, ...args], { encoding: 'utf8' });
const DIGITS = ['--data', 'sample:digits', '--engine', 'wasm', '--batch', '256'];

describe('plan', () => {
  it.each([
    [[], /Say which data to plan for/],
    [['--data', 'x', '--out', 'y'], /--out is for training/],
    [['--data', 'x', '--loud'], /--loud/],
  ])('%j is answered with how to use it', async (args, sentence) => {
    await expect(planCommand(args)).rejects.toThrow(sentence);
  });

  it('says before, and measures, what a run would be; and compares pieces with the whole', () => {
    const { status, stdout } = cli(...DIGITS, '--micro', '32', '--measure', '--check', '--json');
    expect(status).toBe(0);
    const { forecast, plan, check, spec } = JSON.parse(stdout) as PlanAnswer;
    expect(spec).toMatchObject({ batch: 256, micro: 32 });
    expect(forecast && fits(forecast.asked) && forecast.asked.pieces).toEqual(plan?.pieces);
    expect(plan?.pieces).toHaveLength(8);
    expect(check?.verdict.kind).toBe('identical');
  });

  it('what does not fit has an exit code that says so, and what was known stays known when measuring fails', () => {
    const { status, stdout, stderr } = cli(...DIGITS, '--budget', '100kB', '--measure', '--json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/100 kB/);
    const { forecast, failure } = JSON.parse(stdout) as PlanAnswer & { failure: unknown };
    expect(forecast && fits(forecast.asked)).toBe(false);
    expect(failure).toMatchObject({ kind: 'out-of-memory' });
  });

  it('is measured where the engine cannot say it beforehand, and says so', () => {
    const javascript = ['--data', 'sample:penguins', '--model', 'linear', '--engine', 'js', '--batch', '64', '--micro', '16'];
    const unmeasured = cli(...javascript);
    expect([unmeasured.status, unmeasured.stderr]).toEqual([1, expect.stringContaining('Measure it instead')]);
    const { status, stdout } = cli(...javascript, '--measure');
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^There is no forecast: Plain JavaScript cannot say beforehand[^]*4 micro-batches/),
    ]);
  });

  it('interrupted while pictures are packed, it leaves nothing', async () => {
    const pictures = tinyImageFolder(['a', 'b'], 400);
    const TMPDIR = temporaryFolder();
    const child = spawn(process.execPath, [...PROGRAM, '--data', pictures, '--engine', 'wasm'], { env: { ...process.env, TMPDIR } });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => readdirSync(TMPDIR).length, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith('overbatch-plan-'))).toEqual([]);
  });
});
