// A run judged without a window: the figures in words and as JSON, and two beside each other; wants a build.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SettingRow } from '#renderer/words/compare-words';
import type { ComparedRun } from '#shared/comparison/comparison';
import { foldersIn } from '#store/location';
import { openToRead } from '#store/open-to-read';
import { listRuns } from '#store/runs';
import { maskFolder } from '#test/support/masks';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { theEvent, trainCli } from '#test/support/train-cli';

const cli = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [join('out', 'main', 'cli.js'), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
const evaluate = (...args: string[]) => cli(['evaluate', ...args]);

it('says what the run said of its validation and test samples, and refuses what is no run', async () => {
  const root = temporaryFolder();
  for (const [part, count] of [
    ['train', 8],
    ['val', 6],
    ['test', 5],
  ] as const)
    tinyImageFolder(['a', 'b'], count, root, part);
  const out = temporaryFolder();
  const env = { OVERBATCH_DATA: temporaryFolder() };
  const train = (to: string, ...also: string[]) =>
    trainCli(['--data', root, '--batch', '8', '--engine', 'wasm', '--json', '--history', '--out', to, ...also], { env });
  const trained = await train(out, '--epochs', '2');
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
  expect(words.stdout).toMatch(/^\d+\.\d % of 10 test pictures right \(95 % interval .*\)\.\nNothing was learnt from these pictures/);
  expect(words.stdout).toMatch(/class +is +said +right/);

  const refused = evaluate(temporaryFolder(), '--data', join(out, 'data'));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/there is no model\.json/);
  expect(evaluate(out, '--part', 'training').stderr).toMatch(/There is no part "training"/);
  // The second was never judged: it is, for the comparison, and its own split makes the samples the same whatever the seed.
  const other = temporaryFolder();
  expect((await train(other, '--epochs', '1', '--seed', '2')).code).toBe(0);
  const history = openToRead(foldersIn(env.OVERBATCH_DATA).database);
  const ids = listRuns(history).map(({ id }) => id);
  history.close();
  const compared = JSON.parse(cli(['runs', 'compare', ...ids, '--json'], env).stdout) as { settings: SettingRow[]; others: ComparedRun[] };
  expect(compared.settings.filter(({ differs }) => differs).map(({ name, values }) => [name, ...values])).toEqual([
    ['Epochs', '1', '2'],
    ['Seed', '2', '1'],
  ]);
  expect(compared.others).toMatchObject([{ samples: { kind: 'samples', test: 'McNemar', samples: 12, other: validation!.accuracy } }]);
  expect(existsSync(join(other, 'evaluation'))).toBe(true);
  expect(evaluate(temporaryFolder()).stderr).toMatch(/there is no model\.json/);
  // As in an export.
  rmSync(join(out, 'checkpoints'), { recursive: true });
  expect(evaluate(out).stderr).toMatch(/does not say where its data are, .* Say where: --data FOLDER\.$/m);
}, 120_000);

it('reads data that is not packed as it was read for the training, and leaves the data of the run alone', async () => {
  const [own, other] = [tinyImageFolder(['a', 'b'], 10), tinyImageFolder(['a', 'b'], 9)];
  const out = temporaryFolder();
  const trained = await trainCli([
    '--data',
    own,
    '--size',
    '16x16',
    '--batch',
    '8',
    '--epochs',
    '1',
    '--engine',
    'wasm',
    '--json',
    '--out',
    out,
  ]);
  expect(trained.code).toBe(0);
  const packed = () => readFileSync(join(out, 'data', 'manifest.json'), 'utf8');
  const before = packed();

  const refused = evaluate(out, '--data', other);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/not the version of/)]);
  expect(evaluate(out, '--data', own).stderr).toMatch(/not the version of/);
  const judged = evaluate(out, '--data', own, '--size', '16x16');
  expect([judged.status, judged.stdout]).toEqual([
    0,
    expect.stringMatching(/ of \d held-out pictures right .*keep some pictures in a folder/s),
  ]);
  expect(packed()).toBe(before);
  expect(evaluate(out).status).toBe(0);
}, 120_000);

it('judges a number of a table without a test part, and says what there is instead of one', async () => {
  const out = temporaryFolder();
  const data = ['--data', 'sample:diabetes', '--epochs', '2', '--engine', 'wasm', '--json', '--out', out];
  expect((await trainCli(data)).code).toBe(0);
  const { stdout } = evaluate(out);
  expect(stdout).toMatch(/^Off by [\d.]+ on average over \d+ held-out rows.*\n.*keep a table of rows that no run has seen/);
  expect(stdout).toMatch(/Half of the answers are off by less than .* on average it says /);
  expect(evaluate(out, '--part', 'test').stderr).toMatch(/This data has no test part\. Keep a table of rows/);
  expect(JSON.parse(evaluate(out, '--json').stdout)).toMatchObject({ of: 'number', target: 'progression' });
}, 120_000);

it('judges masks class by class', async () => {
  const out = temporaryFolder();
  const data = ['--data', maskFolder({ count: 20 }), '--kind', 'masks', '--batch', '8', '--epochs', '1', '--engine', 'wasm', '--json'];
  const trained = await trainCli([...data, '--out', out]);
  expect(trained.code).toBe(0);
  const { validation } = theEvent(trained, 'finished');
  const { stdout } = evaluate(out);
  expect(stdout).toMatch(/^Mean IoU 0\.\d{3} over \d+ held-out pictures; .* of the pixels right\.\n.*For a figure to rely on/);
  expect(stdout).toMatch(/class +IoU +Dice\n/);
  const { of, meanIou, classes } = JSON.parse(evaluate(out, '--json').stdout) as { of: string; meanIou: number; classes: object[] };
  expect([of, classes.length > 1]).toEqual(['masks', true]);
  expect(meanIou).toBeCloseTo(validation!.scores!.IoU.value!, 6);
}, 120_000);
