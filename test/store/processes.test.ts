// Several processes on one history: started at once, and killed while they write.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { build } from 'vite';
import { listRuns } from '#store/runs';
import { openTestStore, temporaryFolder } from './samples';

const KILLS = 12;
const FOLDER = path.join(import.meta.dirname, '..', '..');
let writer: string;

// A process of its own needs the store as plain JavaScript; built into the repository's out/ so that packages are found.
beforeAll(async () => {
  const outDir = path.join(FOLDER, 'out', 'test-store');
  await build({
    configFile: false,
    logLevel: 'error',
    root: FOLDER,
    build: {
      ssr: path.join(FOLDER, 'test', 'store', 'writer.ts'),
      target: 'node18',
      outDir,
      rollupOptions: { output: { format: 'es', entryFileNames: 'writer.mjs' } },
    },
  });
  writer = path.join(outDir, 'writer.mjs');
}, 60_000);

function startWriter(file: string, runId: string, rounds: number) {
  const child = spawn(process.execPath, [writer, file, runId, String(rounds)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, exited, firstRow: once(child.stdout, 'data') };
}

test('processes that start at once make one history together', async () => {
  const file = path.join(temporaryFolder(), 'history.db');
  const writers = ['a', 'b', 'c'].map((id) => startWriter(file, id, 50));
  const exits = await Promise.all(writers.map((one) => one.exited));
  expect(exits.map(([code]) => code)).toEqual([0, 0, 0]);
  const db = openTestStore(file);
  expect(listRuns(db)).toHaveLength(3);
  expect(db.get('SELECT count(*) AS n FROM steps')).toEqual({ n: 3 * 50 * 2 });
});

test(`killed ${KILLS} times while writing, the history stays whole`, async () => {
  const file = path.join(temporaryFolder(), 'history.db');
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, exited, firstRow } = startWriter(file, `run-${kill}`, Infinity);
    await firstRow;
    await new Promise((resolve) => setTimeout(resolve, 3 + 7 * kill));
    child.kill('SIGKILL');
    expect((await exited)[1]).toBe('SIGKILL');

    const db = openTestStore(file);
    expect(db.pragma('integrity_check')).toBe('ok');
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    // Each event is two steps and its run's clock: never half of it.
    const torn = db.all(
      `SELECT id FROM runs WHERE (SELECT count(*) FROM steps WHERE run = key) % 2 != 0
         OR coalesce(seconds, 0) != coalesce((SELECT max(seconds) FROM steps WHERE run = key), 0)`,
    );
    expect(torn).toEqual([]);
    expect(listRuns(db)).toHaveLength(kill + 1);
    db.close();
  }
});
