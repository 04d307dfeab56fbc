// Questions about where the data lies: moving it, using other data, and what was left behind.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DataPlace, FolderLook } from '#shared/data-move';
import { FailureError } from '#shared/failure';
import { holdsData, pointedAt, readPointer, writePointer } from '#store/data-pointer';
import { COPIED_NAME } from '#store/move/copied';
import { isOfThisData, settleMove } from '#store/move/journal';
import type { Job } from '#shared/job';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { refuseElsewhere } from '../trains-elsewhere';
import { freeMemory } from './begin-run';

type Questions = Pick<
  Handlers,
  | 'getDataPlace'
  | 'chooseDataFolder'
  | 'moveData'
  | 'continueMove'
  | 'cancelMove'
  | 'undoMove'
  | 'useDataFolder'
  | 'lookAtData'
  | 'useUsualFolder'
  | 'removeOldData'
  | 'keepOldData'
>;

export function dataPlaceQuestions(services: Services): Questions {
  const { desktop, keeper, missing, moving, restart, send, trouble } = services;
  const { root, user } = trouble.own;
  let offered: { token: string; look: FolderLook } | undefined;
  let job: Job<unknown, void> | undefined;
  let isCancelled = false;
  let isChanging = false;

  /** One thing at a time is done to the folders: a move reads what a removal deletes. */
  const alone = async (work: () => void | Promise<void>): Promise<void> => {
    if (isChanging)
      throw new FailureError({
        kind: 'bad-setting',
        problem: 'Something is being done to the data folder already. Wait until that is done.',
      });
    isChanging = true;
    try {
      await work();
    } finally {
      isChanging = false;
    }
  };

  const offeredFolder = (token: string, kind: 'free' | 'holds-data'): string => {
    if (offered?.token === token && offered.look.kind === kind) return offered.look.to;
    throw new FailureError({ kind: 'bad-setting', problem: 'Choose the folder again: this choice is no longer known.' });
  };

  const move = async (to: string): Promise<void> => {
    refuseBusy(services);
    freeMemory(services);
    services.viewer.close();
    moving.begin(to);
    try {
      isCancelled = false;
      await moving.othersDone();
      if (isCancelled) throw new FailureError({ kind: 'cancelled' });
      job = keeper.moveData(to, (progress) => {
        moving.hear(progress);
        send({ kind: 'move-progress', progress });
      });
      await job.result;
    } catch (error) {
      // Done in the very moment in which it was cancelled, it is done.
      if (readPointer(user)?.folder !== to) {
        moving.end();
        throw error;
      }
    } finally {
      job = undefined;
    }
    // Nothing may be written to the old folder any more: it stays refused until the end.
    restart.now();
  };

  const refuseSafe = (): void => {
    if (!trouble.safe) return;
    throw new FailureError({ kind: 'bad-setting', problem: 'In safe mode your data stays where it is. Start normally first.' });
  };

  /** What lies here meanwhile is other data than a move was begun with. */
  const refuseMissing = (): void => {
    if (missing === undefined) return;
    throw new FailureError({
      kind: 'bad-setting',
      problem: `Your data lies in ${missing}, which is not there. Connect its disk and start Overbatch again first.`,
    });
  };

  const use = (folder: string): void => {
    refuseSafe();
    refuseBusy(services);
    writePointer(user, { folder });
    restart.now();
  };

  return {
    getDataPlace(): DataPlace {
      const begun = moving.now || missing !== undefined ? undefined : settleMove(user);
      const unfinished = begun && isOfThisData(begun, root) ? begun : undefined;
      const { before } = missing === undefined ? (readPointer(user) ?? {}) : {};
      return {
        folder: root,
        usual: user,
        ...(user !== root && holdsData(user) && { isUsualUsed: true as const }),
        ...(missing !== undefined && { missing }),
        ...(before !== undefined && holdsData(before) && { before }),
        ...(unfinished && { unfinished: { to: unfinished.to, begunAt: unfinished.begunAt } }),
        ...(moving.now && { moving: moving.now }),
      };
    },
    async chooseDataFolder() {
      refuseSafe();
      const chosen = await desktop.choose('data-folder');
      if (chosen === undefined) return null;
      const look = await keeper.lookAtFolder(chosen);
      offered = { token: randomUUID(), look };
      return { ...look, token: offered.token };
    },
    moveData(token) {
      const to = offeredFolder(token, 'free');
      refuseMissing();
      return alone(() => move(to));
    },
    continueMove() {
      refuseSafe();
      refuseMissing();
      const unfinished = settleMove(user);
      if (!unfinished) throw new FailureError({ kind: 'bad-setting', problem: 'There is no move to go on with.' });
      refuseNotThere(unfinished.to);
      return alone(() => move(unfinished.to));
    },
    cancelMove() {
      isCancelled = true;
      job?.cancel();
    },
    undoMove() {
      refuseSafe();
      refuseMissing();
      return alone(() => keeper.undoMove());
    },
    useDataFolder: (token) => alone(() => use(offeredFolder(token, 'holds-data'))),
    lookAtData(which) {
      const folder = which === 'usual' ? user : readPointer(user)?.before;
      if (folder === undefined) throw new FailureError({ kind: 'bad-setting', problem: 'There is no old copy any more.' });
      return keeper.lookAtData(folder);
    },
    useUsualFolder: () => alone(() => use(user)),
    removeOldData() {
      refuseSafe();
      return alone(async () => {
        const { folder, before } = readPointer(user) ?? {};
        if (before === undefined || folder !== root) return;
        await keeper.removeData(before, pointedAt(user));
        writePointer(user, { folder });
      });
    },
    keepOldData: () =>
      alone(() => {
        const pointer = readPointer(user);
        if (pointer) writePointer(user, { folder: pointer.folder });
      }),
  };
}

/** Where its disk is not connected, all would be copied to what lies under its place. */
function refuseNotThere(to: string): void {
  if (existsSync(path.join(to, COPIED_NAME))) return;
  const problem = `What was copied to ${to} is not there. Connect its disk and go on then, or undo the move.`;
  throw new FailureError({ kind: 'bad-setting', problem });
}

/** What works on the data now: it has to be over first. */
function refuseBusy({ db, importer, queue, trainer, training }: Services): void {
  const problem = (() => {
    if (training.runId !== undefined) return 'A run is training. Pause it, or wait until it ends.';
    if (queue.isBusy) return 'The next run is about to begin. Wait until it trains, and pause it.';
    if (trainer.isExporting) return 'Something is being exported. Wait until that is done, or cancel it.';
    if (importer.isWorking) return 'Data is being imported. Wait until that is done, or pause it.';
    return undefined;
  })();
  if (problem) throw new FailureError({ kind: 'bad-setting', problem });
  refuseElsewhere(db);
}
