// While the data is moved to another folder nothing else may change: what would is refused in a sentence.
import type { ApiName } from '#shared/api-names';
import type { MoveProgress } from '#shared/data-move';
import { FailureError } from '#shared/failure';
import type { Handlers } from './answer';

export class Moving {
  now?: MoveProgress & { to: string };
  /** Asked before, and not answered yet. */
  readonly #pending = new Set<Promise<unknown>>();

  /** What was just told to end has a moment for it. @throws FailureError where something else is still at work */
  async othersDone(milliseconds = 2000): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([Promise.allSettled(this.#pending), over]);
    clearTimeout(timer);
    if (this.#pending.size > 0) throw new FailureError({ kind: 'bad-setting', problem: AT_WORK });
  }

  watch(answer: unknown): void {
    if (!(answer instanceof Promise)) return;
    this.#pending.add(answer);
    const settled = () => void this.#pending.delete(answer);
    answer.then(settled, settled);
  }

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
  'getDisk',
  'getPreferences',
  'changePreferences',
  'getAppFacts',
  'getDataPlace',
  'lookAtData',
  'getGiven',
  'settleGiven',
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

/** They wait for the others themselves. */
const MOVES: ReadonlySet<ApiName> = new Set<ApiName>(['moveData', 'continueMove']);

export function refuseWhileMoving(handlers: Handlers, moving: Moving): Handlers {
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    (...given: unknown[]) => {
      if (moving.now && !HARMLESS.has(name as ApiName)) throw new FailureError({ kind: 'bad-setting', problem: REFUSED });
      const answer = (handler as (...args: unknown[]) => unknown)(...given);
      if (!HARMLESS.has(name as ApiName) && !MOVES.has(name as ApiName)) moving.watch(answer);
      return answer;
    },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}

const AT_WORK = 'Something else is still at work. Wait until it is done, or cancel it, and move the data then.';
const REFUSED = 'Your data is being moved to another folder. Wait until that is done, or cancel it.';
