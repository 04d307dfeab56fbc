// Looks at every scene in every size and theme: no error, nothing cut, nothing axe finds, and a picture to look at.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGE_URL } from '#main/origin';
import { LANGUAGE_KEY } from '#shared/language';
import { sayIn } from '../said';
import { rootOnlySwitches } from '../../../scripts/setup/open-window.mjs';
import { buildLook } from './build-look';
import { lengthen, overflows } from './overflows';
import type { Say } from './scene';
import { SCENES } from './scenes';

/** 1280 × 800 at 200 % is as wide. */
const TWICE = 640;
const SIZES = [
  [1280, 800],
  [1000, 650],
  [760, 560],
  [TWICE, 400],
] as const;
const LANGUAGE = process.env.LOOK_LANGUAGE ?? 'en';
const only = process.env.LOOK?.split(',');
const sizes = SIZES.filter(([width]) => !process.env.LOOK_WIDTH || process.env.LOOK_WIDTH.split(',').includes(String(width)));
/** As in a language whose words are longer. */
const LONG_WORDS = process.env.LOOK_LONG_WORDS === '1';
/** What a person has set up on their system; LOOK_THEME=forced,contrast shows the others. */
const MEDIA = {
  light: { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'no-preference' },
  dark: { colorScheme: 'dark', forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'no-preference' },
  contrast: { colorScheme: 'light', forcedColors: 'none', contrast: 'more', reducedMotion: 'reduce' },
  forced: { colorScheme: 'dark', forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' },
} as const;
const THEMES = (process.env.LOOK_THEME?.split(',') ?? ['light', 'dark']) as (keyof typeof MEDIA)[];
const pictures = resolve(import.meta.dirname, '../../../test-results/look');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Messages may begin with an icon, and end with what is not said here. */
const say: Say = (english, ...values) => {
  const message = [english, `<0/>${english}`, `<0/>${english}{0}`].find((each) => sayIn(each, LANGUAGE) !== each) ?? english;
  return sayIn(message, LANGUAGE)
    .replace('<0/>', '')
    .replace(/\{(\d+)\}/g, (_, i) => values[Number(i)] ?? '');
};

let folder: string;
let app: ElectronApplication;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'overbatch-look-'));
  const { main, script } = await buildLook(folder);
  app = await _electron.launch({
    executablePath: process.env.OVERBATCH_ELECTRON,
    args: [resolve(import.meta.dirname, 'wait-for-playwright.cjs'), main, `--user-data-dir=${join(folder, 'user')}`, ...rootOnlySwitches()],
  });
  page = await app.firstWindow();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.addInitScript({ path: script });
  await page.addInitScript(await readFile(axe, 'utf8'));
});

afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

for (const [name, scene] of Object.entries(SCENES)) {
  test.skipIf(only && !only.some((part) => name.startsWith(part)))(name, async () => {
    errors.length = 0;
    // What the page before was looked at with would linger in the colours of this one.
    await page.emulateMedia(MEDIA[THEMES[0]]);
    await resize(...SIZES[0]);
    await page.goto(`${PAGE_URL}?${name}&${LANGUAGE_KEY}=${LANGUAGE}${scene.address}`, { waitUntil: 'commit', timeout: 10_000 });
    await page
      .locator('main:not(.behind) h1')
      .waitFor()
      .catch((error: unknown) => errors.push(String(error)));
    expect(errors).toEqual([]);
    for (const [role, label] of scene.press)
      await page
        .getByRole(role, { name: typeof label === 'string' ? say(label) : typeof label === 'function' ? label(say) : label, exact: true })
        .first()
        .click();
    if (scene.type) await page.getByLabel(say(scene.type[0]), { exact: true }).fill(say(scene.type[1]));
    await page.waitForTimeout(250);
    for (const [width, height] of sizes) {
      await resize(width, height);
      if (LONG_WORDS) await page.evaluate(lengthen);
      for (const theme of THEMES) {
        await page.emulateMedia(MEDIA[theme]);
        await page.waitForTimeout(120);
        await page.screenshot({ path: join(pictures, `${name}-${width}-${theme}${LONG_WORDS ? '-long' : ''}.png`) });
        const faults = await page.evaluate(overflows);
        expect.soft(faults, `${name} at ${width} × ${height}: ${faults.join('; ')}`).toEqual([]);
        // What is read out is not made longer.
        if ((width === SIZES[0][0] || width === TWICE) && !LONG_WORDS)
          expect.soft(await accessibilityProblems(), `${name}, ${theme}`).toEqual([]);
      }
    }
    expect(errors).toEqual([]);
  });
}

async function resize(width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0].setContentSize(w, h), [width, height] as const);
  await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height] as const);
}

const accessibilityProblems = () =>
  page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
