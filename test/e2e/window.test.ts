// The app opens one window, says its name, and its page has no error.
import { expect, test } from 'vitest';
import { launchApp, screenshotPath } from './launch';

test('the window opens', async () => {
  const { app, page, errors } = await launchApp();
  expect(await page.title()).toContain('Overbatch');
  expect(app.windows()).toHaveLength(1);
  await page.screenshot({ path: screenshotPath('window') });
  expect(errors).toEqual([]);
});
