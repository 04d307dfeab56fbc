// A run judged without a window: the figures in words and as JSON; wants a build.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { theEvent, trainCli } from '#test/support/train-cli';

const evaluate = (...args: string[]) =>
  spawnSync(process.execPath, [join('out', 'main', 'cli.js'), 'evaluate', ...args], { encoding: 'utf8' });

it('says what the run said of its validation and test samples, and refuses what is no run', async () => {
  const root = temporaryFolder();
  for (const [part, count] of [
    ['train', 8],
    ['val', 6],
    ['test', 5],
  ] as const)
    tinyImageFolder(['a', 'b'], count, root, part);
  const out = temporaryFolder();
  const trained = await trainCli(['--data', root, '--batch', '8', '--epochs', '2', '--engine', 'wasm', '--json', '--out', out]);
  expect(trained.code).toBe(0);
  const { validation, test } = theEvent(trained, 'finished');
  expect(test).toMatchObject({ samples: 10 });

  const { stdout, status } = evaluate(out, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'evaluation',
    of: 'classes',
    part: 'validation',
    samples: 12,
    accuracy: validation!.accuracy,
  });
  const words = evaluate(out, '--part', 'test');
  expect(words.stdout).toMatch(/^\d+\.\d % of 10 test samples right \(95 % interval .*\)\.\nNothing was learnt from these samples/);
  expect(words.stdout).toMatch(/class +is +said +right/);

  const refused = evaluate(temporaryFolder(), '--data', join(out, 'data'));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/there is no model\.json/);
  expect(evaluate(out, '--part', 'training').stderr).toMatch(/There is no part "training"/);
}, 120_000);
