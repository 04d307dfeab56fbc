// Runs of the history as the rows of a table: one after the other, or under the data, the model or the tags that they have in common.
import { MODEL_CARDS } from '#shared/model-cards';
import type { RunSummary } from '#shared/run-record';
import { resultOf } from './run-order';
import { counted } from './numbers';
import { resultCell } from './run-words';

export const RUN_GROUPS = { none: 'Not grouped', data: 'Group by data', model: 'Group by model', tag: 'Group by tag' } as const;
export type RunGroup = keyof typeof RUN_GROUPS;

export type RunRow =
  { kind: 'run'; key: string; run: RunSummary } | { kind: 'group'; key: string; name: string; isFolded: boolean; runs: RunSummary[] };

const NO_TAG = 'Without a tag';

/** A run with several tags is in the group of each. */
const namesOf = (run: RunSummary, group: Exclude<RunGroup, 'none'>): string[] => {
  if (group === 'data') return [run.datasetName];
  if (group === 'model') return [MODEL_CARDS[run.spec.model].label];
  return run.tags ?? [NO_TAG];
};

/** In the order in which their first runs stand, runs without a tag last. */
export function runRows(runs: readonly RunSummary[], group: RunGroup, isFolded: (key: string) => boolean): RunRow[] {
  if (group === 'none') return runs.map((run) => ({ kind: 'run', key: run.id, run }));
  const groups = new Map<string, RunSummary[]>();
  for (const run of runs) {
    for (const name of namesOf(run, group)) {
      const known = groups.get(name);
      if (known) known.push(run);
      else groups.set(name, [run]);
    }
  }
  const isLast = (name: string): number => Number(group === 'tag' && name === NO_TAG);
  return [...groups]
    .sort(([a], [b]) => isLast(a) - isLast(b))
    .flatMap(([name, those]): RunRow[] => {
      const key = `${group} ${name}`;
      const head: RunRow = { kind: 'group', key, name, isFolded: isFolded(key), runs: those };
      return [head, ...(head.isFolded ? [] : those.map((run): RunRow => ({ kind: 'run', key: `${key} ${run.id}`, run })))];
    });
}

/** "12 runs, best 97.8 %". */
export function groupWords(runs: readonly RunSummary[]): string {
  const best = runs.reduce((a, b) => ((resultOf(b) ?? -Infinity) > (resultOf(a) ?? -Infinity) ? b : a));
  const result = resultOf(best);
  return `${counted(runs.length, 'run')}${result === undefined || Number.isNaN(result) ? '' : `, best ${resultCell(best)}`}`;
}
