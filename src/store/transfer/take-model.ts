// A run that is here without its model takes that of a file which is of the very same run.
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Staged } from '#shared/run-file/transfer';
import type { Database } from '../database';
import { fromStored, isOwnFolder, type Folders } from '../location';
import type { Moves } from './moves';

interface Raw {
  folder: string;
  model_folder: string | null;
  weights_deleted_at: string | null;
}

/** In a transaction of the caller's, who takes the moves back where that fails. @returns whether it has a model now and had none before */
export function takeModel(db: Database, folders: Folders, { id, run }: { id: string; run: Staged }, moves: Moves): boolean {
  const raw = db.get<Raw>('SELECT folder, model_folder, weights_deleted_at FROM runs WHERE id = @id', { id })!;
  if (raw.model_folder !== null) {
    // Deleted weights that still lie there come back as they are.
    return raw.weights_deleted_at !== null && db.run('UPDATE runs SET weights_deleted_at = NULL WHERE id = @id', { id }) > 0;
  }
  if (!isOwnFolder(folders, raw.folder)) return false;
  const place = fromStored(folders.root, raw.folder);
  mkdirSync(path.join(place, 'evaluation'), { recursive: true });
  for (const name of ['model.json', 'weights.bin', 'receipt.json', ...evaluationsIn(run.runFolder)])
    moves.move(path.join(run.runFolder, name), path.join(place, name));
  db.run('UPDATE runs SET model_folder = folder, receipt = @receipt, weights_deleted_at = NULL WHERE id = @id', {
    id,
    receipt: run.receipt,
  });
  return true;
}

const evaluationsIn = (folder: string): string[] =>
  readdirSync(path.join(folder, 'evaluation')).map((name) => path.join('evaluation', name));
