// A sample on which two models disagree, in words.
import { fixed } from '#shared/language';
import type { Disagreement, Disagreements } from '#shared/comparison/comparison';
import type { DataSort } from '#shared/data-sort';
import { fourDigits } from '#shared/metric-words';

/** What the baseline and the other say of it, and what is so where that is one answer. */
export interface Said {
  is?: string;
  baseline: string;
  other: string;
}

export function saidOf({ truth, baseline, other }: Disagreement, { labels }: Pick<Disagreements, 'labels'>, sort: DataSort): Said {
  if (sort === 'masks') return { baseline: `IoU ${fixed(baseline, 3)}`, other: `IoU ${fixed(other, 3)}` };
  const say = (value: number): string => (sort === 'regression' ? fourDigits(value) : labels[value]);
  return { ...(truth !== undefined && { is: say(truth) }), baseline: say(baseline), other: say(other) };
}

/** Over a list: "Only A is right"; "A is nearer". */
export const betterWords = (letter: string, sort: DataSort): string =>
  sort === 'regression' || sort === 'masks' ? `${letter} is nearer` : `Only ${letter} is right`;
