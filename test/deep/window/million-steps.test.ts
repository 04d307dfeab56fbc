// Two runs of a million steps in the window: how soon each is shown, alone and compared, and how many frames a second there are while curves are
// moved along. Printed for bench/NOTES.md.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { longRun } from '#test/support/long-history';
import { temporaryFolder } from '#test/support/temporary-folder';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { launchApp } from '../../e2e/launch';
import { button, go } from '../../e2e/page-parts';

const STEPS = 1_000_000;
const IDS = ['0a0a0a0a-1111-4222-8333-444444444444', '0b0b0b0b-1111-4222-8333-444444444444'];

function twoLongRuns(): string {
  const root = temporaryFolder();
  const db = openStore(foldersIn(root).database);
  IDS.forEach((id, i) => longRun(db, { id, steps: STEPS, spec: { ...DEFAULT_SPEC, batch: 128 * (i + 1) } }));
  closeStore(db);
  return root;
}

async function taken(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

/** Milliseconds between frames while a pointer drags across the chart with Shift held, a few pixels each time, as a hand does. */
async function framesWhileMoved(page: Page, title: string): Promise<number[]> {
  const canvas = page.getByRole('region', { name: title }).locator('canvas');
  const box = (await canvas.boundingBox())!;
  await page.evaluate(() => {
    const kept = globalThis as unknown as { frames: number[]; isDone: boolean };
    kept.frames = [];
    kept.isDone = false;
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      kept.frames.push(now - last);
      last = now;
      if (!kept.isDone) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const [y, right] = [box.y + box.height / 2, box.x + box.width - 40];
  await page.keyboard.down('Shift');
  await page.mouse.move(right, y);
  await page.mouse.down();
  for (let moved = 0; moved < 200; moved += 2) await page.mouse.move(right - moved, y);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  return page.evaluate(() => {
    const kept = globalThis as unknown as { frames: number[]; isDone: boolean };
    kept.isDone = true;
    return kept.frames;
  });
}

test('a million steps are shown within a second, alone and compared, and moved along at more than 30 frames a second', async () => {
  const { page, errors } = await launchApp({ dataFolder: twoLongRuns() });
  const drawn = (title: string) => page.getByRole('region', { name: title, exact: true }).locator('canvas').waitFor();
  await go(page, 'History');
  const link = page.getByRole('link', { name: 'digits, Small CNN, batch 128' });
  await link.waitFor();
  const alone = await taken(async () => {
    await link.click();
    await drawn('Loss');
  });
  const closer = await taken(async () => {
    const part = page.getByRole('form', { name: 'Part of the curves' });
    await part.getByLabel('Steps').fill('400000');
    await part.getByLabel('to', { exact: true }).fill('500000');
    await page.keyboard.press('Enter');
    await part.getByText('Steps 400,000 to 500,000 of 1,000,000.').waitFor();
  });
  await page.getByRole('link', { name: 'All runs' }).click();
  for (const tick of await page.getByRole('checkbox', { name: /^Tick .*,/ }).all()) await tick.check();
  const compared = await taken(async () => {
    await page.getByRole('link', { name: 'Compare' }).click();
    await drawn('Validation loss');
  });
  await button(page, 'Look closer').click();
  const frames = await framesWhileMoved(page, 'Validation loss');
  const seconds = frames.reduce((sum, each) => sum + each, 0) / 1000;
  const sorted = [...frames].sort((a, b) => b - a);
  const figures = {
    alone,
    closer,
    compared,
    framesASecond: Math.round(frames.length / seconds),
    slowestOf20: Math.round(sorted[Math.floor(frames.length / 20)]),
  };
  console.log(JSON.stringify(figures));
  expect(alone).toBeLessThan(1_000);
  expect(compared).toBeLessThan(1_000);
  expect(figures.framesASecond).toBeGreaterThan(30);
  expect(errors).toEqual([]);
});
