// A run made on the command line, with settings of every kind, is planned again from the history.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { trainCli } from '#test/support/train-cli';
import { launchApp, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go, region } from './page-parts';
import { importDigits } from './sample-flow';

const SETTINGS = ['--schedule', 'cosine', '--clip', '1', '--augment', 'flip,rotate:10', '--savers', 'recompute', '--final', 'best'];

test('planned again, a run’s settings beyond the form are said in the history and on the plan, and can be changed there', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'overbatch-again-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const run = [
    '--data',
    'sample:digits',
    '--epochs',
    '2',
    '--micro',
    '32',
    '--engine',
    'wasm',
    '--history',
    '--out',
    join(dataFolder, 'out'),
  ];
  const { code, stderr } = await trainCli([...run, ...SETTINGS], { env: { OVERBATCH_DATA: dataFolder } });
  expect(code, stderr).toBe(0);

  const launched = await launchApp({ dataFolder });
  const { page, errors } = launched;
  await importDigits(page);
  await go(page, 'History');
  await page.getByRole('row').filter({ hasText: 'digits' }).getByRole('link').first().click();
  const facts = region(page, 'Settings');
  for (const words of ['Half a cosine down to zero', 'flip 0.5, rotate 10', 'recompute activations', 'Of the best epoch'])
    await facts.getByText(words).waitFor();
  await facts.scrollIntoViewIfNeeded();
  await look(launched, '8-history-more');

  await button(page, 'Plan with these settings').click();
  const more = region(page, 'More settings');
  await more.getByText('Gradient norm clipped at: 1').waitFor();
  await marksWhatIsChanged(launched);
  await more.getByText('More settings').click();
  expect(await more.getByRole('textbox', { name: 'Clip the gradient at' }).inputValue()).toBe('1');
  await button(more, 'Reset Varied pictures').click();
  await more.getByRole('textbox', { name: 'Dropout (%)' }).fill('many');
  await more.getByText('Dropout must be a number.').first().waitFor();
  await more.getByRole('textbox', { name: 'Dropout (%)' }).fill('20');
  expect(await more.getByRole('listitem').allInnerTexts()).toEqual([
    'Learning rate schedule: Half a cosine down to zero',
    'Gradient norm clipped at: 1',
    'Dropout: 20.0\u00a0%',
    'Memory savers: recompute activations',
    'Saved model: Of the best epoch',
  ]);
  await look(launched, '10-plan-more');
  await button(more, 'Reset all').click();
  await more.getByText('As usual').waitFor();
  expect(await more.getByRole('listitem').count()).toBe(0);
  expect(errors).toEqual([]);
});

/** Since the plan was begun with that run's settings. */
async function marksWhatIsChanged(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await page.getByText(/^With the settings of digits, .*, nothing changed yet\.$/).waitFor();
  const epochs = page.getByLabel('Epochs', { exact: true });
  await epochs.fill('3');
  const changed = page.getByRole('listitem').filter({ hasText: /^Epochs/ });
  await expect.poll(() => changed.innerText()).toMatch(/^Epochs\s+2\s+3$/);
  await page.reload();
  await changed.waitFor();
  await look(launched, '9-plan-again');
  await button(page, 'As it was').click();
  expect([await epochs.inputValue(), await changed.count()]).toEqual(['2', 0]);
}
