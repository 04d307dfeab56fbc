// The real app with its data on a real disk of 300 MB that others fill: it says so early, refuses what does not fit, pauses a run before the disk is
// full, and goes on with all of it when there is room.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openToRead } from '#store/open-to-read';
import { pngBytes, writeAt } from '#test/support/pictures';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { temporaryFolder } from '#test/support/temporary-folder';
import { launchApp } from '../../e2e/launch';
import { EPOCHS, MINUTE, reach } from '../../e2e/long-run';
import { look } from '../../e2e/looks';
import { button, eventLines, figure, go, region } from '../../e2e/page-parts';
import { importDigits, planDigits, startTraining } from '../../e2e/sample-flow';

const EACH = 60;
/** A fiftieth of the disk stays free. */
const SPARE = 6.3e6;

/** Stored at 256 × 256, they take 24 MB. */
function photographs(): string {
  const folder = temporaryFolder();
  for (const [i, label] of ['cats', 'dogs'].entries())
    for (let k = 0; k < EACH; k++) writeAt(folder, `${label}/${k}.png`, pngBytes({ width: 256, height: 256, seed: 1000 * i + k }));
  return folder;
}

/** Main looks every 20 seconds; the window's own question makes it look now. */
const lookNow = (page: Page) => page.evaluate(() => window.overbatch.getDisk());
const notice = (page: Page) => region(page, 'Room on the disk');

test.skipIf(!CAN_MOUNT)('a disk that others fill', async () => {
  const disk = smallDisk(300);
  const launched = await launchApp({ dataFolder: disk.folder, env: { OVERBATCH_TEST_DIALOG: photographs() } });
  const { page, errors } = launched;
  await importDigits(page);

  disk.leave(12e6);
  await button(page, 'Choose folder…').click();
  const importing = button(page, `Import ${2 * EACH} pictures`);
  await importing.waitFor({ timeout: MINUTE });
  for (const side of ['Width', 'Height']) await page.getByLabel(side, { exact: true }).fill('256');
  await page.getByText(/Too little room on the disk: this takes up to 23\.\d\sMB/).waitFor();
  expect(await importing.isDisabled()).toBe(true);
  await notice(page).waitFor();
  expect(await notice(page).innerText()).toMatch(/\d+\.?\d*\sMB are free where your data lies/);
  await look(launched, 'disk-1-import');

  await button(notice(page), 'Close').click();
  await expect.poll(() => notice(page).count()).toBe(0);
  disk.leave(11e6);
  await lookNow(page);
  expect(await notice(page).count()).toBe(0);
  disk.leave(5e6);
  await lookNow(page);
  await notice(page).waitFor();
  disk.makeRoom();
  await lookNow(page);
  await expect.poll(() => notice(page).count()).toBe(0);
  expect(await importing.isEnabled()).toBe(true);
  await button(page, 'Discard').click();

  await planDigits(page, EPOCHS);
  disk.leave(SPARE);
  await lookNow(page);
  await page.getByText(/Too little room on the disk: this run saves up to/).waitFor({ timeout: MINUTE });
  expect(await button(page, 'Start training').isDisabled()).toBe(true);
  await look(launched, 'disk-2-plan');
  disk.makeRoom();
  await lookNow(page);
  await expect.poll(() => button(page, 'Start training').isEnabled(), { timeout: MINUTE }).toBe(true);

  await startTraining(page);
  await reach(page, 40);
  disk.leave(SPARE + 600_000);
  const paused = page.getByText(/is nearly full: saving needs .* The run was paused before anything is lost/);
  await paused.first().waitFor({ timeout: MINUTE });
  await page.getByText('Paused', { exact: true }).first().waitFor();
  const step = await figure(page, 'Step');
  await notice(page).waitFor();
  await look(launched, 'disk-3-paused');
  expect(disk.freeBytes()).toBeGreaterThan(SPARE / 2);
  expect((await eventLines(page))[0]).toMatch(/is nearly full/);

  await button(page, 'Resume').click();
  await page
    .getByText(/What this run saves needs up to/)
    .first()
    .waitFor({ timeout: MINUTE });
  disk.makeRoom();
  await lookNow(page);
  await expect.poll(() => notice(page).count()).toBe(0);
  await button(page, 'Resume').click();
  await reach(page, step + 20);
  await button(page, 'Finish early').click();
  await page.getByText('Finished early', { exact: true }).waitFor({ timeout: MINUTE });

  await go(page, 'History');
  await launched.close();
  const db = openToRead(join(disk.folder, 'overbatch.db'));
  expect(db.get<{ integrity_check: string }>('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  const { steps, most } = db.get<{ steps: number; most: number }>('SELECT count(*) AS steps, max(step) AS most FROM steps')!;
  db.close();
  // Each step once, none left out.
  expect(steps).toBe(most);
  const [run] = readdirSync(join(disk.folder, 'runs'));
  const lines = readFileSync(join(disk.folder, 'runs', run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const logged = lines.map((line) => JSON.parse(line) as { kind: string; step: number }).filter(({ kind }) => kind === 'step');
  expect(logged.map((one) => one.step)).toEqual(Array.from({ length: most }, (_, i) => i + 1));
  expect(errors).toEqual([]);
});
