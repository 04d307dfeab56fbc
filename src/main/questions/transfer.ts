// Questions about runs that go to another computer, and come from one. Files are written and read by a process of their own.
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileNameWith } from '#shared/exports';
import { FailureError } from '#shared/failure';
import { RUN_FILE_ENDING, SHORT_RUN_FILE_ENDING } from '#shared/run-file/manifest';
import { OUTGOING, type Loaded, type Packed, type Unloaded, type Unpacked } from '#shared/run-file/transfer';
import { getRunRow } from '#store/runs';
import { loadRuns } from '#store/transfer/load-runs';
import { unloadRun } from '#store/transfer/unload-run';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { LONG_PATIENCE_MILLISECONDS, whenFree } from '../when-free';

/** With which a double click brings them here. */
const ENDING = process.platform === 'linux' ? RUN_FILE_ENDING : SHORT_RUN_FILE_ENDING;

type Questions = Pick<Handlers, 'exportRuns' | 'cancelRunExport' | 'importRuns'>;

export function transferQuestions(services: Services): Questions {
  const { db, desktop, folders, tokens, trainer } = services;
  let givingUp = new AbortController();
  return {
    async exportRuns(ids, withModels) {
      const name = ids.length === 1 ? getRunRow(db, ids[0]).name : `${ids.length} runs`;
      const out = await desktop.save(fileNameWith(name, ENDING));
      if (out === undefined) return null;
      givingUp = new AbortController();
      return exported(services, { ids, out, withModels }, givingUp.signal);
    },
    cancelRunExport() {
      givingUp.abort();
      trainer.cancelPacking();
    },
    async importRuns(token) {
      const file = token === undefined ? await desktop.choose('runs') : tokens.data(token);
      if (file === undefined) return null;
      await mkdir(folders.runs, { recursive: true });
      return imported(services, await trainer.unpackRuns(file, folders.runs));
    },
  };
}

async function exported(
  { db, folders, trainer }: Services,
  { ids, out, withModels }: { ids: readonly string[]; out: string; withModels: boolean },
  givenUp: AbortSignal,
): Promise<Packed> {
  const beside = path.join(folders.runs, `${OUTGOING}${randomUUID()}`);
  try {
    const runs: Unloaded[] = [];
    for (const id of ids) runs.push(await unloadRun({ db, root: folders.root }, id, path.join(beside, id)));
    if (givenUp.aborted) throw new FailureError({ kind: 'cancelled' });
    // The dialog has asked whether a file may be replaced.
    return await trainer.packRuns({ out, replace: true, runs, withModels });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function imported({ db, folders }: Services, { folder, runs }: Unpacked): Promise<Loaded[]> {
  try {
    return await loadRuns({ db, folders, write: (work) => whenFree(work, LONG_PATIENCE_MILLISECONDS) }, runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
