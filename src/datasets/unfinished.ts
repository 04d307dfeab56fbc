// A version is written under a name of its own and renamed at the end, so that a kill never leaves half a version.
import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { DatasetManifest, StoppedAt } from '#shared/dataset';
import { FailureError, toFailure, type Failure } from '#shared/failure';
import { Journal, readHead, readJournal, type JournalHead } from './journal';
import { writeManifest } from './manifest';
import { throwIfCancelled } from './watch';

const MARK = '.unfinished-';
/** A process by its number and, where the system says it, when it began; numbers are given again. */
const PATTERN = /\.unfinished-(\d+)(?:-(\d+))?-[0-9a-f]{8}$/;
/** proc(5), counted behind the program's name. */
const START_FIELD = 19;
const NOBODY = '0';

/** What comes to the same end when it is tried again, or is not wanted any more; after a full disk or one that was pulled out an import goes on. */
const GIVEN_UP: ReadonlySet<Failure['kind']> = new Set(['cancelled', 'dataset-invalid', 'bad-setting']);

/** What this process writes at the moment. */
const writing = new Set<string>();

/**
 * Writes a version whole or not at all: `fill` puts everything but its manifest into the folder it is given. With `head`, what a killed import of
 * the same identity left is taken over.
 * @throws FailureError bad-setting, cancelled, and what `fill` throws
 */
export async function writeVersion<Manifest extends DatasetManifest, Entry = never>(
  into: string,
  signal: AbortSignal | undefined,
  fill: (folder: string, journal?: Journal<Entry>) => Promise<Manifest>,
  head?: JournalHead,
): Promise<Manifest> {
  const unfinished = await beginVersion(into, head?.identity);
  let journal: Journal<Entry> | undefined;
  let canGoOn = false;
  try {
    journal = head && (await Journal.open(unfinished, head));
    const manifest = await fill(unfinished, journal);
    await writeManifest(unfinished, manifest);
    throwIfCancelled(signal);
    await journal?.remove();
    await finishVersion(unfinished, into);
    return manifest;
  } catch (error) {
    // A journal that could not even be opened may hold much.
    canGoOn = (journal ? journal.parts > 0 : head !== undefined) && !GIVEN_UP.has(toFailure(error).kind);
    throw error;
  } finally {
    await journal?.close();
    releaseName(unfinished);
    if (!canGoOn) await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Makes the folder to write in, beside `into`, or takes over the one that a killed import of this identity left there.
 * @throws FailureError bad-setting when `into` already holds something
 */
export async function beginVersion(into: string, identity?: string): Promise<string> {
  const target = resolve(into);
  if ((await namesIn(target)).length > 0) {
    throw new FailureError({ kind: 'bad-setting', problem: `${target} already holds something. Choose a new name for the data set.` });
  }
  const folder = claimName(target);
  let isTaken = false;
  for (const dead of await deadOf(target)) {
    if (!isTaken && identity !== undefined && (await readHead(dead))?.identity === identity) {
      await rename(dead, folder);
      isTaken = true;
    } else await rm(dead, { recursive: true, force: true });
  }
  if (!isTaken) await mkdir(folder, { recursive: true });
  return folder;
}

/** From here on the version is there, whole, under its name. */
async function finishVersion(unfinished: string, into: string): Promise<void> {
  const target = resolve(into);
  await syncFolder(unfinished);
  // Windows does not rename onto an empty folder.
  await rmdir(target).catch(() => undefined);
  await rename(unfinished, target);
  await syncFolder(dirname(target));
}

/**
 * How far a killed import into `into` came, and where that lies; undefined where nothing can go on. `isAlone`: who asks knows that nobody writes
 * there.
 */
export async function stoppedAt(into: string, isAlone = false): Promise<StoppedAt | undefined> {
  for (const folder of await deadOf(resolve(into), isAlone)) {
    const at = await progressIn(folder);
    if (at) return at;
  }
  return undefined;
}

async function progressIn(folder: string): Promise<StoppedAt | undefined> {
  const journal = (await readHead(folder)) && (await readJournal(folder));
  const done = journal?.parts.reduce((sum, { entries }) => sum + entries.length, 0);
  return journal && done ? { folder, done, total: journal.head.total } : undefined;
}

/** What killed or stopped imports left in `root` that the same import can go on with: where each was to end up, and how far it came. */
export async function unfinishedIn(root: string): Promise<(StoppedAt & { into: string })[]> {
  const folders = (await deadIn(root)).sort().map((name) => join(root, name));
  const found = await Promise.all(folders.map(async (folder) => ({ into: folder.replace(PATTERN, ''), at: await progressIn(folder) })));
  return found.flatMap(({ into, at }) => (at ? { into, ...at } : []));
}

/** Gives up what imports into `into` left; answers whether there was anything. */
export async function discardUnfinished(into: string): Promise<boolean> {
  const dead = await deadOf(resolve(into));
  for (const folder of dead) await rm(folder, { recursive: true, force: true });
  return dead.length > 0;
}

/** Removes what killed imports left in `root` and cannot go on; those of processes still running are left alone. */
export async function cleanUnfinished(root: string): Promise<void> {
  for (const name of await deadIn(root)) {
    const folder = join(root, name);
    if (!(await readHead(folder))) await rm(folder, { recursive: true, force: true });
  }
}

/** For one who knows that no other process writes in `root`: what lies there is nobody's, whoever has the numbers of its writers now. */
export async function disownUnfinished(root: string): Promise<void> {
  for (const name of await deadIn(root, true))
    await rename(join(root, name), unfinishedName(join(root, name.replace(PATTERN, '')), [NOBODY]));
}

/** A name beside `target` that nobody takes over as long as this process is there and has not released it. */
export function claimName(target: string): string {
  const name = unfinishedName(resolve(target), [String(process.pid), startOf(process.pid)]);
  writing.add(name);
  return name;
}

export const releaseName = (name: string): void => void writing.delete(name);

const unfinishedName = (target: string, writer: readonly (string | undefined)[]): string =>
  target + MARK + [...writer, randomBytes(4).toString('hex')].filter((part) => part !== undefined).join('-');

/** What lies beside `target` under such names and is nobody's. */
export async function deadOf(target: string, isAlone = false): Promise<string[]> {
  const dead = await deadIn(dirname(target), isAlone);
  return dead.filter((name) => name.replace(PATTERN, '') === basename(target)).map((name) => join(dirname(target), name));
}

/** Folders of processes that are no more, or of all others. */
export async function deadIn(root: string, isAlone = false): Promise<string[]> {
  return (await namesIn(root)).filter((name) => {
    const [, owner, start] = PATTERN.exec(name) ?? [];
    if (owner === undefined || writing.has(join(resolve(root), name))) return false;
    return isAlone || owner === NOBODY || Number(owner) === process.pid || !isRunning(Number(owner)) || hasBegunAnew(Number(owner), start);
  });
}

/** Another process has this number now. */
function hasBegunAnew(pid: number, start: string | undefined): boolean {
  const now = startOf(pid);
  return start !== undefined && now !== undefined && now !== start;
}

/** In ticks of the system since its own; undefined where it does not say so in a file. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // A program's name, in brackets, may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[START_FIELD];
  } catch {
    return undefined;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return [];
    throw error;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is running too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Windows has no such thing as flushing a folder; there the rename is durable by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
