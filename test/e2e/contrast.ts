// A page as somebody has it whose system shows few colours, and moves nothing: what is chosen, how far a run is and which curve is which still shows.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What moves on the page for longer than anybody sees. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(() => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 1).length);

/** The colours of a picture that cover more than a few of its pixels. */
async function coloursOf(shown: Locator): Promise<string[]> {
  const picture = (await shown.screenshot()).toString('base64');
  return shown.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count > 20).map(([colour]) => colour);
  }, picture);
}

/** What the system's colours are here. */
const systemColours = (page: Page, names: readonly string[]): Promise<string[]> =>
  page.evaluate((given) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.setProperty('forced-color-adjust', 'none');
    const found = given.map((name) => ((probe.style.backgroundColor = name), getComputedStyle(probe).backgroundColor));
    probe.remove();
    return found;
  }, names);

/** On Run, while one trains. */
export async function expectFewColoursEnough(page: Page): Promise<void> {
  // The control: something moves where nobody minds.
  expect(await moving(page)).toBeGreaterThan(0);
  await page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' });
  await expect.poll(() => moving(page)).toBe(0);
  const [canvas, text, link, chosen] = await systemColours(page, ['Canvas', 'CanvasText', 'LinkText', 'Highlight']);
  expect(new Set([canvas, text, link, chosen]).size).toBe(4);

  const places = page.getByRole('navigation', { name: 'Places' }).getByRole('link');
  const outlines = await places.evaluateAll((all) =>
    all.map((each) => [each.getAttribute('aria-current'), getComputedStyle(each).outlineStyle, getComputedStyle(each).outlineColor]),
  );
  expect(outlines.filter(([, style]) => style === 'solid')).toEqual([['page', 'solid', chosen]]);
  expect(await coloursOf(page.getByRole('progressbar', { name: 'Training progress' }))).toEqual(expect.arrayContaining([chosen, canvas]));
  const loss = page.locator('canvas').first();
  await expect.poll(() => coloursOf(loss)).toEqual(expect.arrayContaining([canvas, text, link]));
  await page.emulateMedia({ forcedColors: null, contrast: null, reducedMotion: null });
}
