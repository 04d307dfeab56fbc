// A model taken away by clicking alone: saved as one web page, said how it was tried, and that page answers in a browser of its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '#datasets/sample-folder';
import { temporaryFolder } from '#test/support/temporary-folder';
import { dropFiles } from './drop-files';
import { openPage } from './exported/open-page';
import { launchApp } from './launch';
import { look } from './looks';
import { button, go, openTab, region } from './page-parts';
import { importDigits, planDigits, startTraining } from './sample-flow';

const MINUTE = 60_000;

test(
  'the digits become a web page',
  async () => {
    const file = join(temporaryFolder(), 'digits.html');
    const launched = await launchApp({ env: { OVERBATCH_TEST_DIALOG: file } });
    const { page, errors } = launched;
    await importDigits(page);
    await planDigits(page, 4);
    await startTraining(page);
    await page.getByRole('link', { name: 'Try the model' }).waitFor({ timeout: 3 * MINUTE });
    await go(page, 'Model');
    await openTab(page, 'Take it away');
    const card = region(page, 'One web page');
    await card.getByText(/About 1\.\d+\sMB/).waitFor();
    await look(launched, 'take-1-cards');
    await button(card, 'Save One web page').click();
    await card.getByText('Saved as digits.html').waitFor({ timeout: MINUTE });
    expect(await card.innerText()).toMatch(/It was run and gave .* on 32 held-out samples/);
    await look(launched, 'take-2-saved');

    const folder = region(page, 'TensorFlow.js model');
    await button(folder, 'Save TensorFlow.js model').click();
    // The same name is given again, and a folder is never put in the place of something.
    await folder.getByRole('alert').waitFor();
    expect(await folder.getByRole('alert').innerText()).toContain('Choose another name');
    await look(launched, 'take-3-refused');
    expect(errors).toEqual([]);
    await launched.close();

    expect(existsSync(`${file}.unfinished-export`)).toBe(false);
    const exported = await openPage(file);
    await dropFiles(exported.page, region(exported.page, 'Picture'), [join(sampleFolder('digits'), '0', 'digit-0000.png')]);
    await expect.poll(() => region(exported.page, 'What the model says').getByRole('rowheader').first().innerText()).toBe('0');
    expect(exported.errors).toEqual([]);
  },
  6 * MINUTE,
);
