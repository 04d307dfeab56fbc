// While the data is moved to another folder nothing else may change: what would is refused in a sentence.
import type { ApiName } from '#shared/api-names';
import type { MoveProgress } from '#shared/data-move';
import { FailureError } from '#shared/failure';
import type { Handlers } from './answer';

export class Moving {
  now?: MoveProgress & { to: string };

  begin(to: string): void {
    this.now = { to, stage: 'files', doneBytes: 0, totalBytes: 0 };
  }

  hear(progress: MoveProgress): void {
    if (this.now) this.now = { ...this.now, ...progress };
  }

  end(): void {
    this.now = undefined;
  }
}

/** What is asked meanwhile: it only looks, or lets go of something. */
const HARMLESS: ReadonlySet<ApiName> = new Set<ApiName>([
  'getEngines',
  'getSpace',
  'getPreferences',
  'changePreferences',
  'getAppFacts',
  'getDataPlace',
  'cancelMove',
  'listDatasets',
  'listStoppedImports',
  'listModels',
  'listRuns',
  'getRun',
  'getQueue',
  'currentRun',
  'leaveForecast',
  'leaveModel',
  'closeCamera',
]);

export function refuseWhileMoving(handlers: Handlers, moving: Moving): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    (...given: unknown[]) => {
      if (moving.now && !HARMLESS.has(name as ApiName)) throw new FailureError({ kind: 'bad-setting', problem: REFUSED });
      return (handler as (...args: unknown[]) => unknown)(...given);
    },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}

const REFUSED = 'Your data is being moved to another folder. Wait until that is done, or cancel it.';
