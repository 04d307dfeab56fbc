// A version of 100,000 pictures in the window: opened, scrolled, jumped through, chosen from, its histogram and sizes drawn. What each takes is printed,
// for bench/NOTES.md, and not judged: a busy machine is no fault of the page.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { largeVersion } from '#test/support/large-version';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from '../../e2e/launch';
import { button, go, region } from '../../e2e/page-parts';

const COUNT = 100_000;

/** Milliseconds until `done`, as a person would count them. */
async function taken(work: () => Promise<unknown>, done: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  await done();
  return Math.round(performance.now() - start);
}

/** Scrolled by a fast hand, a step each frame: how long frames took, and the share of cells in sight that were still empty. */
const scrolled = (page: Page) =>
  page.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('[role="listbox"]')!;
    const [frames, empty]: [number[], number[]] = [[], []];
    let last = performance.now();
    for (let i = 0; i < 180; i++) {
      list.scrollTop += 120;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - last);
      last = now;
      empty.push(list.querySelectorAll('.waiting').length / Math.max(1, list.querySelectorAll('[role="option"]').length));
    }
    frames.sort((a, b) => a - b);
    const at = (share: number) => Math.round(10 * frames[Math.floor(share * (frames.length - 1))]) / 10;
    return { median: at(0.5), p95: at(0.95), worst: at(1), empty: empty.reduce((a, b) => a + b, 0) / empty.length };
  });

/** Every cell in sight has its picture. */
const drawn = (page: Page) =>
  page.waitForFunction(() => {
    const options = document.querySelectorAll('[role="option"]');
    return options.length > 0 && !document.querySelector('.waiting');
  });

test.each([{ masks: false }, { masks: true }])('100,000 pictures, masks: $masks', async ({ masks }) => {
  const dataFolder = temporaryFolder();
  await largeVersion(dataFolder, COUNT, { masks });
  const { page, errors } = await launchApp({ dataFolder });
  const link = page.getByRole('link', { name: 'Open large' });
  await link.waitFor();
  const readings: Record<string, unknown> = {};
  readings.open = await taken(
    () => link.click(),
    () => drawn(page),
  );
  await page.getByText('100,000 pictures shown').waitFor();
  readings.scroll = await scrolled(page);
  const list = page.getByRole('listbox');
  readings.jump = await taken(
    () => list.evaluate((element) => void (element.scrollTop = element.scrollHeight)),
    async () => {
      await page.getByRole('option', { name: /picture-099999\.png/ }).waitFor();
      await drawn(page);
    },
  );
  readings.class = await taken(
    () => page.getByRole('button', { name: /^class 3/ }).click(),
    async () => {
      await page.getByText('10,000 pictures shown').waitFor();
      await drawn(page);
    },
  );
  await page.getByRole('button', { name: /^All/ }).first().click();
  await list.getByRole('option').first().click();
  readings.chooseAll = await taken(
    () => page.keyboard.press('Control+a'),
    () => page.getByText('100,000 pictures chosen').waitFor(),
  );
  readings.arrow = await taken(
    () => page.keyboard.press('ArrowDown'),
    () => page.getByText('1 picture chosen').waitFor(),
  );
  await page.getByRole('button', { name: /^class 4/ }).click();
  await list.getByRole('option').first().click();
  await page.keyboard.press('Control+a');
  readings.drop = await taken(
    () => page.keyboard.press('Delete'),
    () => region(page, 'Changes not saved yet').getByText('10,000 dropped.').waitFor(),
  );
  readings.facts = await taken(
    () => page.getByRole('tab', { name: 'Classes and split' }).click(),
    () => page.getByRole('img', { name: /^1,000 sizes/ }).waitFor(),
  );
  expect(await region(page, 'Classes and split').innerText()).toContain('80,000');
  readings.save = await taken(
    async () => {
      await page.getByRole('tab', { name: 'Pictures' }).click();
      await button(page, 'Save as version 2').click();
    },
    () => page.getByRole('tab', { name: 'Versions (2)' }).waitFor({ timeout: 60_000 }),
  );
  await page.getByText('90,000 pictures shown').waitFor();
  await go(page, 'Plan');
  console.log(`${COUNT} pictures${masks ? ' with masks' : ''}, milliseconds: ${JSON.stringify(readings)}`);
  expect(errors).toEqual([]);
});
