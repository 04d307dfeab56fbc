// Every kind of source that is known, most particular first; a new one is a file beside this and its line here.
import { realpath, stat } from 'node:fs/promises';
import { FailureError, toFailure } from '#shared/failure';
import type { Watch } from '../watch';
import { classFolders } from './class-folders';
import type { Importer, Listing } from './importer';
import { splitClassFolders } from './split-class-folders';

const IMPORTERS: readonly Importer[] = [splitClassFolders, classFolders];

/** Looks at `folder` by names alone. @throws FailureError dataset-missing, dataset-invalid, cancelled */
export async function listSource(folder: string, watch: Watch): Promise<{ root: string; listing: Listing }> {
  const root = await realFolder(folder);
  try {
    for (const importer of IMPORTERS) {
      if (await importer.recognises(root)) return { root, listing: await importer.list(root, watch) };
    }
  } catch (error) {
    throw notOpened(folder, error);
  }
  throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: 'no layout was recognised.' });
}

async function realFolder(folder: string): Promise<string> {
  let root: string;
  let isFolder: boolean;
  try {
    root = await realpath(folder);
    isFolder = (await stat(root)).isDirectory();
  } catch (error) {
    if (toFailure(error).kind === 'no-permission') throw notOpened(folder, error);
    throw new FailureError({ kind: 'dataset-missing', path: folder });
  }
  if (isFolder) return root;
  throw new FailureError({
    kind: 'dataset-invalid',
    path: folder,
    problem: 'it is a file. Choose the folder that holds one folder of pictures for each class.',
  });
}

function notOpened(folder: string, error: unknown): unknown {
  if (toFailure(error).kind !== 'no-permission') return error;
  return new FailureError({
    kind: 'dataset-invalid',
    path: folder,
    problem: 'it may not be opened. Change its permissions, or choose another.',
  });
}
