// Whole against pieces, and repeats, from a press to the table: what a run is compared with is trained by the queue and told when it has ended.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from '../../e2e/launch';
import { button, go, region } from '../../e2e/page-parts';
import { importDigits, planDigits } from '../../e2e/sample-flow';

const MINUTE = 60_000;

test('a run in pieces stands beside the batch that fits whole, and both are repeated once however often that is pressed', async () => {
  const file = join(temporaryFolder(), 'report.html');
  const { page, errors } = await launchApp({ env: { OVERBATCH_TEST_DIALOG: file } });
  await importDigits(page);
  await planDigits(page, 2);
  await button(page, 'Start training').click();
  await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 2 * MINUTE });

  await go(page, 'History');
  await page.getByRole('row').filter({ hasText: 'digits' }).getByRole('link').first().click();
  const claim = region(page, 'Whole against pieces');
  await claim.getByText(/^This run trained batches of 256 in 8 pieces; .* is 32\.$/).waitFor();
  await button(claim, 'Train batch 32 whole').click();
  await claim.getByText(/^Batch 32 whole trains or waits in the queue/).waitFor();
  expect(await button(claim, 'Train batch 32 whole').count()).toBe(0);
  await claim.getByRole('link', { name: 'Compare them' }).click({ timeout: 2 * MINUTE });

  await page.getByRole('heading', { level: 1, name: 'Compare' }).waitFor();
  const table = claim.getByRole('group', { name: 'Whole and in pieces' });
  const cells = async (name: string) => {
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    return (await row.innerText()).split(/\s*\t\s*/);
  };
  expect(await cells('Batch')).toEqual(['Batch', '32', '256']);
  expect(await cells('Pieces')).toEqual(['Pieces', '1', '8 of 32']);
  await button(page, 'Save report…').click();
  await page.getByText('Saved report.html.').waitFor();
  expect(readFileSync(file, 'utf8')).toMatch(/<h2>Whole against pieces<\/h2>[\s\S]*<td>8 of 32<\/td>/);

  const verdicts = region(page, 'Is it better, or is it luck?');
  await button(verdicts, 'Repeat with 3 seeds').click({ timeout: 2 * MINUTE });
  await verdicts.getByText('4 repeats train or wait in the queue already').waitFor();
  expect(await button(verdicts, 'Repeat with 3 seeds').count()).toBe(0);
  await verdicts.getByText(/on average over 3 repeats each|in each of 3 repeats/).waitFor({ timeout: 4 * MINUTE });
  await page.getByRole('checkbox', { name: 'Mean of repeats' }).check();
  await page
    .getByText(/mean ± standard deviation: [AB] .* ± .* \(3 seeds\), [AB] .* ± .* \(3 seeds\)/)
    .first()
    .waitFor();
  expect(errors).toEqual([]);
});
