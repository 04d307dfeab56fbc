// Deleting the weights of runs and bringing them back: everything that holds one of them lets go.
import { quoted } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import type { RunSummary } from '#shared/run-record';
import { NOTHING_ON_DISK } from '#shared/run-weights';
import { counted } from '../words/numbers';
import type { EndedRuns } from './ended-runs';
import type { Evaluations } from './evaluations.svelte';
import type { History } from './history.svelte';
import type { LiveRun } from './live-run.svelte';
import type { Toasts } from './toasts.svelte';

export interface AroundWeights {
  history: Pick<History, 'deleteWeights' | 'restoreWeights' | 'sizes'>;
  live: Pick<LiveRun, 'readAgain'>;
  evaluations: Pick<Evaluations, 'forget'>;
  ended: Pick<EndedRuns, 'forget'>;
  toasts: Pick<Toasts, 'say'>;
}

export class DeletedWeights {
  constructor(private readonly around: AroundWeights) {}

  async delete(runs: readonly Pick<RunSummary, 'id' | 'name'>[]): Promise<void> {
    const { history, toasts } = this.around;
    const ids = await history.deleteWeights(runs.map(({ id }) => id));
    if (!ids) return;
    if (ids.length === 0) return toasts.say(runs.length === 1 ? 'It has no weights.' : 'They have no weights.');
    await this.#changed(ids);
    const bytes = ids.reduce((sum, id) => sum + (history.sizes[id] ?? NOTHING_ON_DISK).goes, 0);
    const [only, ...more] = runs.filter(({ id }) => ids.includes(id));
    const whose = more.length === 0 ? quoted(only.name) : counted(ids.length, 'run', 'runs');
    const free = bytes > 0 ? ` ${formatBytes(bytes)} are free when Overbatch is next started.` : '';
    toasts.say(`Deleted the weights of ${whose}; the history is kept.${free}`, () => void this.#restore(ids));
  }

  async #restore(ids: string[]): Promise<void> {
    if (await this.around.history.restoreWeights(ids)) await this.#changed(ids);
  }

  async #changed(ids: readonly string[]): Promise<void> {
    const { ended, evaluations, live } = this.around;
    for (const id of ids) {
      evaluations.forget(id);
      ended.forget(id);
      await live.readAgain(id);
    }
  }
}
