// Runs of the history as the rows of a table: one after the other, or under the data, the model or the tags that they have in common.
import { MODEL_CARDS } from '#shared/model-cards';
import type { RunSummary } from '#shared/run-record';
import { count, counted } from './numbers';
import { resultCell, resultOf } from './run-words';

export const RUN_GROUPS = { none: 'Not grouped', data: 'Group by data', model: 'Group by model', tag: 'Group by tag' } as const;
export type RunGroup = keyof typeof RUN_GROUPS;

export type RunRow =
  { kind: 'run'; key: string; run: RunSummary } | { kind: 'group'; key: string; name: string; isFolded: boolean; runs: RunSummary[] };

const NO_TAG = 'Without a tag';

type VersionOf = (datasetId: string) => number | undefined;

/** What it is known by, and called. A run with several tags is in the group of each; other data of the same name are others. */
const groupsOf = (run: RunSummary, group: Exclude<RunGroup, 'none'>, versionOf: VersionOf): [key: string, name: string][] => {
  if (group === 'model') return [[run.spec.model, MODEL_CARDS[run.spec.model].label]];
  if (group === 'tag') return (run.tags ?? [NO_TAG]).map((tag) => [tag, tag]);
  const version = versionOf(run.datasetId) ?? 1;
  return [[run.datasetId || run.datasetName, version > 1 ? `${run.datasetName}, version ${count(version)}` : run.datasetName]];
};

/** In the order in which their first runs stand, runs without a tag last. */
export function runRows(
  runs: readonly RunSummary[],
  group: RunGroup,
  isFolded: (key: string) => boolean,
  versionOf: VersionOf = () => undefined,
): RunRow[] {
  if (group === 'none') return runs.map((run) => ({ kind: 'run', key: run.id, run }));
  const groups = new Map<string, { name: string; those: RunSummary[] }>();
  for (const run of runs) {
    for (const [of, name] of groupsOf(run, group, versionOf)) {
      const known = groups.get(of);
      if (known) known.those.push(run);
      else groups.set(of, { name, those: [run] });
    }
  }
  const isLast = (of: string): number => Number(group === 'tag' && of === NO_TAG);
  return [...groups]
    .sort(([a], [b]) => isLast(a) - isLast(b))
    .flatMap(([of, { name, those }]): RunRow[] => {
      const key = `${group} ${of}`;
      const head: RunRow = { kind: 'group', key, name, isFolded: isFolded(key), runs: those };
      return [head, ...(head.isFolded ? [] : those.map((run): RunRow => ({ kind: 'run', key: `${key} ${run.id}`, run })))];
    });
}

/** Those that no group holds folded away. */
export const unfolded = (runs: readonly RunSummary[], group: RunGroup, isFolded: (key: string) => boolean): readonly RunSummary[] =>
  group === 'none' ? runs : [...new Set(runRows(runs, group, isFolded).flatMap((row) => (row.kind === 'run' ? [row.run] : [])))];

/** "12 runs, best 97.8 %"; none is best of results that are not alike. */
export function groupWords(runs: readonly RunSummary[]): string {
  const many = counted(runs.length, 'run', 'runs');
  if (runs.some(({ sort }) => sort !== runs[0].sort)) return many;
  const best = runs.reduce((a, b) => ((resultOf(b) ?? -Infinity) > (resultOf(a) ?? -Infinity) ? b : a));
  const result = resultOf(best);
  return `${many}${result === undefined || Number.isNaN(result) ? '' : `, best ${resultCell(best)}`}`;
}
