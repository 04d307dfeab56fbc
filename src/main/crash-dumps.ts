// What Chromium writes down of a process at the moment it crashes: kept on this computer alone, the last few.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { app, crashReporter } from 'electron';
import type { Log } from './log';

const MOST_DUMPS = 5;

/** Before the app is ready. Where it cannot be, the app starts all the same. */
export function keepCrashDumps(crashes: string, log: Log): void {
  try {
    const folder = path.join(crashes, 'dumps');
    mkdirSync(folder, { recursive: true });
    app.setPath('crashDumps', folder);
    prune(folder);
    crashReporter.start({ uploadToServer: false });
  } catch (error) {
    log.error('crashes', error);
  }
}

function prune(folder: string): void {
  const dumps = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dmp'))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  for (const { file } of dumps.slice(MOST_DUMPS)) {
    rmSync(file, { force: true });
    rmSync(file.replace(/\.dmp$/, '.meta'), { force: true });
  }
}
