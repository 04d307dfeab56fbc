// Questions about what went wrong: crashes, diagnostics, backups of the history, safe mode.
import { FailureError } from '#shared/failure';
import { listBackups } from '#store/backups';
import { orderRestore } from '#store/restore-order';
import type { Handlers } from '../answer';
import { collect, type Collected } from '../diagnostics/collect';
import { zipOf } from '../diagnostics/zip';
import { saveText } from '../save-text';
import type { Services } from '../services';
import { refuseElsewhere } from '../trains-elsewhere';

type Questions = Pick<
  Handlers,
  | 'getTrouble'
  | 'sayUsable'
  | 'dismissCrashes'
  | 'restart'
  | 'showLogs'
  | 'listBackups'
  | 'backUpNow'
  | 'lookAtBackup'
  | 'restoreBackup'
  | 'collectDiagnostics'
  | 'saveDiagnostics'
>;

export function troubleQuestions({ db, desktop, engines, preferences, training, trouble }: Services): Questions {
  const { crashes, keeper, own, safe } = trouble;
  let collected: Collected | undefined;
  return {
    getTrouble: () => ({ ...(safe && { safe }), crashes: crashes.offered() }),
    sayUsable: () => trouble.starts.isUsable(),
    dismissCrashes: () => crashes.dismiss(),
    restart: (how) => trouble.restart(how),
    showLogs: () => desktop.showFolder(own.logs),
    listBackups: () => listBackups(own.backups),
    backUpNow: () => keeper.backUp('asked'),
    lookAtBackup: (name) => keeper.look(name),
    async restoreBackup(name) {
      refuseElsewhere(db, training.runId);
      // Proven now, while there is somebody to tell.
      await keeper.look(name);
      trouble.restart('normal', orderRestore(own, name));
    },
    async collectDiagnostics() {
      const { appFolder, version } = trouble;
      const sources = { folders: own, appFolder, version, crashes, safe, preferences: preferences.now };
      collected = await collect({ ...sources, check: () => keeper.check(), engines: () => Promise.resolve(engines.list()) });
      return collected.shown;
    },
    async saveDiagnostics(names) {
      // Only what was shown.
      const texts = [...(collected?.texts ?? [])].filter(([name]) => names.includes(name));
      if (texts.length !== names.length)
        throw new FailureError({ kind: 'bad-setting', problem: 'These diagnostics are not known any more. Collect them again.' });
      return saveText(desktop, `Overbatch diagnostics ${new Date().toISOString().slice(0, 10)}.zip`, () => zipOf(texts));
    },
  };
}
