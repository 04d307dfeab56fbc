// The tags that runs have: which are offered, and whether all of some runs have one.
import type { RunMarks } from '#shared/run-marks';

const MOST_OFFERED = 24;

/** Each with how many have it, the most used first. */
export function tagCounts(runs: readonly RunMarks[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { tags } of runs) for (const tag of tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

/** Those of the chosen runs, and the most used of all. */
export function knownTags(all: readonly RunMarks[], chosen: readonly RunMarks[]): string[] {
  const own = tagCounts(chosen).map(([tag]) => tag);
  const others = tagCounts(all)
    .map(([tag]) => tag)
    .filter((tag) => !own.includes(tag));
  return [...own, ...others.slice(0, Math.max(0, MOST_OFFERED - own.length))];
}

export function tagState(runs: readonly RunMarks[], tag: string): boolean | 'some' {
  const having = runs.filter(({ tags }) => tags?.includes(tag)).length;
  return having === runs.length ? true : having > 0 && 'some';
}
