// The importing process: checks, imports and shows data where a decoder's crash takes nothing else down. One command at a time.
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { assertNever } from '#shared/assert-never';
import type { PictureManifest } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import type { SegmentationManifest } from '#shared/segmentation';
import type { Care } from '#shared/hosted-import';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import { serveDecoding } from './decode-thread';
import { DecodeThreads } from './decode-threads';
import { listPictures, pictureTiles } from './given-pictures';
import { packedPictures, readManifest } from './manifest';
import { checkSource, importSource } from './source';
import { readRows } from './tables/read-rows';
import { viewTable } from './tables/view-table';
import { thumbnails } from './thumbnails';
import { cleanUnfinished, disownUnfinished, stoppedAt } from './unfinished';
import { differenceBetween } from './versions/difference';
import { editVersion } from './versions/edit-version';
import { growVersion } from './versions/grow-version';
import { Viewer } from './view-version';
import type { Watch } from './watch';

type WorkCommand = Exclude<ImporterCommand, { kind: 'go-on' }>;

/** Electron gives a utility process this; a process forked by Node has `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: ImporterCommand }) => void): void;
  postMessage(message: ImporterMessage): void;
}
const { parentPort } = process as typeof process & { parentPort?: ParentPort };

const post = (message: ImporterMessage): void => void (parentPort ? parentPort.postMessage(message) : process.send?.(message));
const viewer = new Viewer();
/** This program is that of its decoding threads, too. */
const opener = new DecodeThreads(fileURLToPath(import.meta.url));
const ALIVE_EVERY_MS = 5_000;
/** Of the file that waits to be opened. */
let goOn: () => void = () => {};

const watchOf = (care: Care = { ended: [], oneByOne: false }): Watch => ({
  onProgress: (progress) => post({ kind: 'progress', progress }),
  opener,
  guard: {
    ended: new Map(care.ended.map(({ file, message }) => [file, message])),
    stuck: (file) => post({ kind: 'stuck', file }),
    ...(care.oneByOne && { opening: open }),
  },
});

/** Answered when the host knows of it: what is said last before a crash may not arrive. */
async function open(file?: string): Promise<void> {
  const heard = new Promise<void>((resolve) => (goOn = resolve));
  post({ kind: 'opening', file });
  if (file !== undefined) await heard;
}

async function answer(command: WorkCommand): Promise<ImporterMessage> {
  switch (command.kind) {
    case 'check':
      return { kind: 'checked', report: await checkSource(command.folder, command.choices, watchOf(command.care)) };
    case 'import': {
      if (command.isAlone) await disownUnfinished(dirname(command.into));
      await cleanUnfinished(dirname(command.into));
      const manifest = await importSource(command.folder, command.options, command.into, watchOf(command.care));
      return { kind: 'imported', manifest, folder: command.into, bytesOnDisk: await bytesOnDisk(command.into) };
    }
    case 'edit': {
      await cleanUnfinished(dirname(command.into));
      return made(command, await editVersion(command.base, command.edits, command.into, watchOf(command.care)));
    }
    case 'grow': {
      await cleanUnfinished(dirname(command.into));
      return made(command, await growVersion(command.base, command.source, command.into, watchOf(command.care)));
    }
    case 'view':
      return numbered(command, async ({ number, folder, settings }) => ({
        kind: 'viewed',
        number,
        view: await viewer.view(folder, settings),
      }));
    case 'view-table':
      return numbered(command, async ({ number, folder, settings }) => ({
        kind: 'table-viewed',
        number,
        view: await viewTable(folder, settings),
      }));
    case 'tiles':
      return numbered(command, async ({ number, folder, request }) => ({
        kind: 'tiles',
        number,
        tiles: await viewer.tiles(folder, request),
      }));
    case 'rows':
      return numbered(command, async ({ number, folder, rows }) => ({ kind: 'rows', number, rows: await readRows(folder, rows) }));
    case 'list-pictures':
      return numbered(command, async ({ number, paths }) => ({ kind: 'pictures-listed', number, listed: await listPictures(paths) }));
    case 'picture-tiles':
      return numbered(command, async ({ number, files, side }) => ({
        kind: 'picture-tiles',
        number,
        tiles: await pictureTiles(files, side),
      }));
    case 'look-for-stopped':
      return { kind: 'stopped-at', at: await stoppedAt(command.into, command.isAlone) };
    case 'thumbnails':
      return { kind: 'thumbnails', thumbnails: await thumbnails(command.folder, command.perClass) };
    default:
      return assertNever(command);
  }
}

async function made(
  { base, into }: { base: string; into: string },
  manifest: PictureManifest | SegmentationManifest,
): Promise<ImporterMessage> {
  const difference = differenceBetween(packedPictures(base, await readManifest(base)), manifest);
  return { kind: 'imported', manifest, folder: into, bytesOnDisk: await bytesOnDisk(into), difference };
}

/** One that fails leaves the others of its page alone. */
async function numbered<Command extends { number: number }>(
  command: Command,
  work: (command: Command) => Promise<ImporterMessage>,
): Promise<ImporterMessage> {
  try {
    return await work(command);
  } catch (error) {
    return { kind: 'refused', number: command.number, failure: toFailure(error) };
  }
}

async function bytesOnDisk(folder: string): Promise<number> {
  const names = await readdir(folder);
  const files = await Promise.all(names.map((name) => stat(join(folder, name))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

let working: Promise<void> = Promise.resolve();

function take(command: ImporterCommand): void {
  if (command.kind === 'go-on') return goOn();
  working = working
    .then(() => whileAlive(() => answer(command)))
    .catch((error): ImporterMessage => ({ kind: 'failure', failure: toFailure(error) }))
    .then(post);
}

async function whileAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => post({ kind: 'alive' }), ALIVE_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

if (!isMainThread) serveDecoding();
else if (parentPort) parentPort.on('message', ({ data }) => take(data));
else {
  process.on('message', (command) => take(command as ImporterCommand));
  // What these mean for an import, its host says (trainer/parent-port.ts).
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  // The host is gone: nobody waits for an answer. An orderly end would wait for a decoder that never comes back.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
