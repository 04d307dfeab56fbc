// Arguments of the questions about what went wrong: taken, and refused in a sentence.
import type { ApiName } from '#shared/api-names';
import type { Arguments } from './keeping-arguments';

const BACKUP = '2026-11-30T12-00-00.000Z.format-10.daily.db';
const NAMED: Arguments = { good: [[BACKUP]], bad: [[], ['../overbatch.db'], [`../${BACKUP}`], [`${BACKUP}-wal`], [1]] };
const NONE: Arguments = { good: [[]], bad: [['/'], [{}]] };

export const TROUBLE_CASES = {
  getTrouble: NONE,
  sayUsable: NONE,
  dismissCrashes: NONE,
  restart: { good: [['normal'], ['safe']], bad: [[], ['--inspect'], [null]] },
  showLogs: NONE,
  listBackups: NONE,
  backUpNow: NONE,
  lookAtBackup: NAMED,
  restoreBackup: NAMED,
  collectDiagnostics: NONE,
  saveDiagnostics: { good: [[['versions.json']]], bad: [[], [[]], ['versions.json'], [[1]], [new Array(101).fill('x')]] },
} satisfies Partial<Record<ApiName, Arguments>>;
