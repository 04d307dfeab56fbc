// The window shows our page and no other: it cannot be led away, opens no second one, and downloads nothing.
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { writeAt } from '#test/support/pictures';
import { launchApp } from '../launch';
import { listenForAnybody } from '../listener';
import { dropFiles } from '../drop-files';
import { button } from '../page-parts';

const HOME = 'app://overbatch/index.html';

/** Long enough for a navigation that is allowed to show: the page would be another. */
async function expectAtHome(page: Page, after: string): Promise<void> {
  await page.waitForTimeout(200);
  expect([after, page.url().replace(/[?#].*/, '')]).toEqual([after, HOME]);
  // Not a locator: Playwright waits for the navigation that was refused.
  expect([after, await page.evaluate(() => document.querySelector('h1')?.textContent)]).toEqual([after, 'Data']);
}

test('no address leads the window away', async () => {
  const listener = await listenForAnybody();
  const { app, page } = await launchApp();
  await button(page, 'Try the digits sample').waitFor();
  const file = pathToFileURL(writeAt(temporaryFolder(), 'elsewhere.html', 'elsewhere')).href;
  for (const address of [`http://${listener.host}/`, 'https://example.com/', file, 'data:text/html,elsewhere', 'app://other/index.html']) {
    await page.evaluate((href) => void (location.href = href), address).catch(() => undefined);
    await expectAtHome(page, `location ${address}`);
    await page.evaluate((href) => {
      const link = Object.assign(document.createElement('a'), { href, textContent: 'away' });
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
    await expectAtHome(page, `link ${address}`);
    const opened = await page.evaluate((href) => window.open(href) === null, address);
    expect([address, opened]).toEqual([address, true]);
  }
  expect(app.windows()).toHaveLength(1);
  expect(listener.connections()).toBe(0);
});

test('a file dropped beside the drop zone does not replace the page', async () => {
  const { page } = await launchApp();
  await button(page, 'Try the digits sample').waitFor();
  const file = writeAt(temporaryFolder(), 'elsewhere.html', 'elsewhere');
  await dropFiles(page, page.getByRole('navigation', { name: 'Places' }), [file]);
  await expectAtHome(page, 'drop');
});

test('nothing is downloaded', async () => {
  const { app, page } = await launchApp();
  await app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) => Object.assign(globalThis, { refused: event.defaultPrevented }));
  });
  await page.evaluate(() =>
    Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' }).click(),
  );
  await expect.poll(() => app.evaluate(() => (globalThis as { refused?: boolean }).refused)).toBe(true);
});
