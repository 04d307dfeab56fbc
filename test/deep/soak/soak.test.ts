// Hours of use, driven by a script: npm run soak (scripts/soak.mjs). What is seen lies in test-results/soak; a bound that is broken fails.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { REMOVED } from '#shared/run-weights';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { weightsToRemove } from '#store/run-weights';
import { temporaryFolder } from '#test/support/temporary-folder';
import { judgeSoak, reportTable } from '#test/support/soak/verdict';
import { faultsIn, SoakWatch } from '#test/support/soak/watch';
import { launchApp } from '../../e2e/launch';
import { go } from '../../e2e/page-parts';
import { importDigits } from '../../e2e/sample-flow';
import { clearUp, STEPS, type Workplace } from './round';

interface Options {
  minutes: number;
  settleMinutes: number;
  /** Between two readings. */
  everySeconds: number;
  /** Between two rounds. */
  pauseSeconds: number;
  /** A control: where memory is let go of by nobody. */
  leak?: 'main' | 'window';
}
const options = JSON.parse(process.env.OVERBATCH_SOAK ?? '{}') as Options;
const MINUTE = 60_000;
/** What a page asks for when it is opened has come by then. */
const RESTS_MS = 5_000;
const RESULTS = join(import.meta.dirname, '../../../test-results/soak');

/** A megabyte a minute. */
async function plantLeak(where: Options['leak'], app: ElectronApplication, page: Page): Promise<void> {
  const leak = (): void => {
    const held: unknown[] = ((globalThis as { held?: unknown[] }).held = []);
    setInterval(() => held.push(Array.from({ length: 2_100 }, (_, i) => i + Math.random())), 1_000);
  };
  if (where === 'main') await app.evaluate(leak);
  if (where === 'window') await page.evaluate(leak);
}

async function soak(place: Workplace, watch: SoakWatch): Promise<string[]> {
  const errors: string[] = [];
  for (let round = 0; watch.minute < options.minutes; round++) {
    for (const [name, step] of Object.entries(STEPS)) {
      try {
        await step(place, round);
      } catch (error) {
        errors.push(`round ${round}, ${name}: ${String(error)}`);
        console.warn(errors.at(-1));
        await place.page.screenshot({ path: join(RESULTS, `round-${round}-${name}.png`) }).catch(() => undefined);
        await clearUp(place).catch((left: unknown) => errors.push(`round ${round}, after ${name}: ${String(left)}`));
      }
    }
    await go(place.page, 'Data').catch((error: unknown) => errors.push(`round ${round}: ${String(error)}`));
    await wait(RESTS_MS);
    await watch.read(true);
    watch.endRound();
    console.log(
      `${watch.minute.toFixed(1)} minutes, round ${round}: ${(watch.readings.at(-1)?.processes ?? []).map(({ role, rssBytes }) => `${role} ${(rssBytes / 1e6).toFixed(0)}`).join(', ')}`,
    );
    await wait(1_000 * options.pauseSeconds);
  }
  return errors;
}

/** After another start, which removes what may go: folders that no row of the history names, and what the app left for a moment. */
function strayFiles(dataFolder: string, temporary: string): string[] {
  const folders = foldersIn(dataFolder);
  const db = openStore(folders.database);
  const named = (table: string): Set<string> =>
    new Set(db.all<{ folder: string }>(`SELECT folder FROM ${table}`).map(({ folder }) => folder));
  const stray = (['runs', 'datasets'] as const).flatMap((table) => {
    const known = named(table);
    return readdirSync(folders[table])
      .map((name) => `${table}/${name}`)
      .filter((name) => !known.has(name));
  });
  closeStore(db);
  return [...stray, ...readdirSync(temporary).map((name) => `temporary: ${name}`)];
}

/** What was deleted has gone from the disk, a run at a time. */
function isGone(dataFolder: string): boolean {
  const { database, runs } = foldersIn(dataFolder);
  const db = openStore(database);
  const waiting = weightsToRemove(db);
  closeStore(db);
  return waiting.length === 0 && !readdirSync(runs).some((name) => name.startsWith(REMOVED));
}

test('hours of use', { timeout: (options.minutes + 60) * MINUTE }, async () => {
  mkdirSync(RESULTS, { recursive: true });
  const [dataFolder, temporary, folder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const env = { TMPDIR: temporary };
  const launched = await launchApp({ dataFolder, env });
  const { app, page } = launched;
  // Hours on a machine that others use too.
  page.setDefaultTimeout(2 * MINUTE);
  await importDigits(page);
  await plantLeak(options.leak, app, page);
  const watch = new SoakWatch(app, page, join(RESULTS, 'readings.jsonl'), options.everySeconds);
  const failed = await soak({ app, page, folder }, watch);
  await watch.read();
  watch.stop();
  await launched.close();
  await wait(5_000);
  const orphans = watch.orphans();
  const again = await launchApp({ dataFolder, env });
  await again.page.getByRole('article', { name: 'digits' }).waitFor({ timeout: MINUTE });
  await wait(10_000);
  await expect.poll(() => isGone(dataFolder), { timeout: 3 * MINUTE, interval: 1_000 }).toBe(true);
  await again.close();

  const errors = [...failed, ...launched.errors, ...again.errors, ...faultsIn(join(foldersIn(dataFolder).logs, 'overbatch.log'))];
  const report = judgeSoak(
    { readings: watch.readings, peaks: watch.peaks, errors, orphans, strayFiles: strayFiles(dataFolder, temporary) },
    options.settleMinutes,
  );
  const table = reportTable(report);
  writeFileSync(
    join(RESULTS, 'report.md'),
    `${options.minutes} minutes, ${watch.readings.length} readings, ${watch.peaks.length} jobs' peaks.\n\n${table}`,
  );
  console.log(table);
  expect(report.broken).toEqual([]);
});
