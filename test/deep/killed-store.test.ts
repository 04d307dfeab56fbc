// A process killed at any moment while it writes runs as the app does: the history opens, is whole, lacks less than a second, and knows of each run how it ended.
import { mkdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { buildProgram } from '#test/support/build-program';
import { contradictions, lostMilliseconds } from '#test/support/killed-store/kept';
import { killWriters } from '#test/support/killed-store/kill-writers';
import { temporaryFolder } from '#test/support/temporary-folder';
import { foldersIn } from '#store/location';

const KILLS = 100;
const SEED = 9;
const MOST_LOST_MILLISECONDS = 1_000;

let writer: string;
beforeAll(async () => {
  writer = await buildProgram('test/support/killed-store/writer.ts', 'killed-store');
}, 120_000);

function dataFolder(): string {
  const root = temporaryFolder();
  mkdirSync(foldersIn(root).runs);
  return root;
}

it(`${KILLS} SIGKILLs: no damage, no second of metrics lost, no run without its state`, async () => {
  const lost: number[] = [];
  let [events, cut, runs] = [0, 0, 0];
  await killWriters(writer, { root: dataFolder(), kills: KILLS, seed: SEED }, ({ db, said }) => {
    expect(db.pragma('integrity_check')).toBe('ok');
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(contradictions(db)).toEqual([]);
    lost.push(lostMilliseconds(db, said));
    events += said.length;
    const count = db.get<{ all: number; interrupted: number }>(
      `SELECT count(*) AS "all", count(*) FILTER (WHERE state = 'interrupted') AS interrupted FROM runs`,
    )!;
    [runs, cut] = [count.all, count.interrupted];
  });
  const most = Math.max(...lost);
  console.log(`${KILLS} kills of ${runs} runs (${cut} interrupted) and ${events} events: at most ${most} ms of metrics lost`);
  expect(lost).toHaveLength(KILLS);
  expect(most).toBeLessThanOrEqual(MOST_LOST_MILLISECONDS);
  // They met runs in the middle of their work, not between two.
  expect(cut).toBeGreaterThan(KILLS / 2);
});

it('a writer that gathers what it is told for some seconds is found out', async () => {
  const lost: number[] = [];
  await killWriters(writer, { root: dataFolder(), kills: 10, seed: SEED, way: 'gathered' }, ({ db, said }) => {
    lost.push(lostMilliseconds(db, said));
  });
  expect(Math.max(...lost)).toBeGreaterThan(MOST_LOST_MILLISECONDS);
});

it('a history in which a page is another, a step is missing or a run still trains is found out', async () => {
  await killWriters(writer, { root: dataFolder(), kills: 1, seed: 1 }, ({ db }) => {
    expect(contradictions(db)).toEqual([]);
    db.run('DELETE FROM steps WHERE step = 2');
    db.run(`UPDATE runs SET state = 'running'`);
    expect(contradictions(db).join(' ')).toMatch(/is running, and its process is dead.*has \d+ steps, the last of which is/);
  });
});
