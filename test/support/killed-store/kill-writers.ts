// Processes that write runs into one history, each killed (SIGKILL) at a moment drawn from a seed, and what the history holds after each.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { randomStream } from '#engine/random';
import { openHistory } from '#main/history';
import { openLog } from '#main/log';
import type { Database } from '#store/database';
import { connect } from '#store/driver';
import { foldersIn } from '#store/location';
import { closeStore } from '#store/open';
import type { Pace, Said, Way } from './said';

const MOST_DELAY_MILLISECONDS = 1_500;

export interface AfterKill {
  pace: Pace;
  /** Another program held the history when it was killed. */
  isHeld: boolean;
  said: Said[];
  db: Database;
}

interface Moment {
  pace: Pace;
  isHeld: boolean;
  delay: number;
}

/**
 * @param root the data folder, one for all
 * @param look at what is there after each, opened as the app opens it
 */
export async function killWriters(
  writer: string,
  { root, kills, seed, way = 'at once' }: { root: string; kills: number; seed: number; way?: Way },
  look: (after: AfterKill) => void,
): Promise<void> {
  const random = randomStream(seed);
  const { database, logs } = foldersIn(root);
  const log = openLog(logs);
  for (let i = 0; i < kills; i++) {
    const moment: Moment = { pace: i % 2 === 0 ? 'real' : 'fast', isHeld: i % 5 === 4, delay: MOST_DELAY_MILLISECONDS * random() };
    const said = await killedAt(moment, [writer, root, moment.pace, way], database);
    const db = await openHistory(database, { log, ask: (message) => Promise.reject(new Error(message)) });
    if (!db) throw new Error('The history could not be opened.');
    try {
      look({ ...moment, said, db });
    } finally {
      closeStore(db);
    }
  }
}

/** Killed so long after it wrote for the first time. @returns what it had said */
async function killedAt({ isHeld, delay }: Moment, command: string[], database: string): Promise<Said[]> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const ended = new Promise<void>((resolve) => child.stdout.once('end', resolve));
  let text = '';
  let holder: Database | undefined;
  child.stdout.setEncoding('utf8').once('data', () => {
    // From half of the time on: what it says then goes beside the history.
    if (isHeld) setTimeout(() => (holder = held(database)), delay / 2);
    setTimeout(() => child.kill('SIGKILL'), delay);
  });
  child.stdout.on('data', (piece: string) => (text += piece));
  const signal = await exited;
  await ended;
  holder?.exec('ROLLBACK');
  holder?.close();
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself (${signal}).`);
  // The last line may be cut.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said);
}

function held(database: string): Database {
  const db = connect(path.resolve(database));
  db.exec('BEGIN IMMEDIATE');
  return db;
}
