// The importing process: checks, imports and shows data where a decoder's crash takes nothing else down. One command at a time.
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertNever } from '#shared/assert-never';
import type { PictureManifest } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import type { ImporterCommand, ImporterMessage } from '#shared/trainer-messages';
import { picturesOnly, readManifest } from './manifest';
import { checkSource, importSource } from './source';
import { viewTable } from './tables/view-table';
import { thumbnails } from './thumbnails';
import { cleanUnfinished } from './unfinished';
import { differenceBetween } from './versions/difference';
import { editVersion } from './versions/edit-version';
import { growVersion } from './versions/grow-version';
import { Viewer } from './view-version';
import type { Watch } from './watch';

/** Electron gives a utility process this; a process forked by Node has `process.send` instead. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: ImporterCommand }) => void): void;
  postMessage(message: ImporterMessage): void;
}
const { parentPort } = process as typeof process & { parentPort?: ParentPort };

const post = (message: ImporterMessage): void => void (parentPort ? parentPort.postMessage(message) : process.send?.(message));
const viewer = new Viewer();
const watch: Watch = { onProgress: (progress) => post({ kind: 'progress', progress }) };

async function answer(command: ImporterCommand): Promise<ImporterMessage> {
  switch (command.kind) {
    case 'check':
      return { kind: 'checked', report: await checkSource(command.folder, { table: command.options }, watch) };
    case 'import': {
      await cleanUnfinished(dirname(command.into));
      const manifest = await importSource(command.folder, command.options, command.into, watch);
      return { kind: 'imported', manifest, folder: command.into, bytesOnDisk: await bytesOnDisk(command.into) };
    }
    case 'edit': {
      await cleanUnfinished(dirname(command.into));
      return made(command, await editVersion(command.base, command.edits, command.into, watch));
    }
    case 'grow': {
      await cleanUnfinished(dirname(command.into));
      return made(command, await growVersion(command.base, command.source, command.into, watch));
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
    case 'thumbnails':
      return { kind: 'thumbnails', thumbnails: await thumbnails(command.folder, command.perClass) };
    default:
      return assertNever(command);
  }
}

async function made({ base, into }: { base: string; into: string }, manifest: PictureManifest): Promise<ImporterMessage> {
  const difference = differenceBetween(picturesOnly(base, await readManifest(base)), manifest);
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
  working = working
    .then(() => answer(command))
    .catch((error): ImporterMessage => ({ kind: 'failure', failure: toFailure(error) }))
    .then(post);
}

if (parentPort) parentPort.on('message', ({ data }) => take(data));
else {
  process.on('message', (command) => take(command as ImporterCommand));
  // The host is gone: nobody waits for an answer.
  process.on('disconnect', () => process.exit());
}
