// Pictures of a page at both sizes, light and dark, and what axe finds on it. With OVERBATCH_EVERY_LOOK=1 at each size in each theme.
import axe from 'axe-core';
import { expect } from 'vitest';
import { screenshotPath, type LaunchedApp } from './launch';

const [LARGE, SMALL] = [
  { width: 1280, height: 800 },
  { width: 1000, height: 650 },
];
/** A theme changes no layout: each size in one of them shows what is cut. */
const EVERY_LOOK = process.env.OVERBATCH_EVERY_LOOK === '1';
const SIZES = { light: EVERY_LOOK ? [SMALL, LARGE] : [LARGE], dark: EVERY_LOOK ? [LARGE, SMALL] : [SMALL] };

const EVERYTHING: axe.RunOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** The rules of these tags that a colour decides. */
const COLOURS: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

async function resize({ app, page }: LaunchedApp, { width, height }: typeof LARGE): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0].setContentSize(size.width, size.height), {
    width,
    height,
  });
  await page.waitForFunction((w) => Math.abs(innerWidth - w) <= 1, width);
}

/** Leaves test-results/<name>-<width>-<theme>.png; nothing may be wider than the window. */
export async function look(launched: LaunchedApp, name: string): Promise<void> {
  const { page, app } = launched;
  for (const theme of ['light', 'dark'] as const) {
    await app.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme);
    await page.emulateMedia({ colorScheme: theme });
    for (const size of SIZES[theme]) {
      await resize(launched, size);
      await page.screenshot({ path: screenshotPath(`${name}-${size.width}-${theme}`) });
      // Polled: for a moment after resizing the page is still laid out for the size before.
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    // In the dark only colours are others.
    await expectNoViolations(launched, `${name}, ${theme}`, theme === 'light' ? EVERYTHING : COLOURS);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'light'));
  await resize(launched, LARGE);
}

export async function expectNoViolations({ page }: LaunchedApp, where: string, runOnly: axe.RunOnly = EVERYTHING): Promise<void> {
  // Once a document: it is half a megabyte of program.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: rules,
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  }, runOnly);
  expect(found, where).toEqual([]);
}
