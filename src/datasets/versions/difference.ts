// What a version has that the one it was made from had not, and the other way round.
import type { PackedPictures } from '#shared/dataset';
import type { VersionDifference } from '#shared/version-difference';
import { byText } from '../sources/source';

type Content = Pick<PackedPictures, 'labels' | 'samples'>;

/** Samples are the same where their names are: a version names each differently. */
export function differenceBetween(before: Content, after: Content): VersionDifference {
  const known = new Map(before.samples.map((sample) => [sample.file, before.labels[sample.label]]));
  const moves = new Map<string, Map<string, number>>();
  let added = 0;
  let kept = 0;
  for (const { file, label } of after.samples) {
    const from = known.get(file);
    if (from === undefined) {
      added++;
      continue;
    }
    kept++;
    const to = after.labels[label];
    const ofClass = moves.get(from) ?? new Map<string, number>();
    ofClass.set(to, (ofClass.get(to) ?? 0) + 1);
    moves.set(from, ofClass);
  }
  const [relabelled, renamed, merged]: [VersionDifference['relabelled'], VersionDifference['renamed'], VersionDifference['merged']] = [
    [],
    [],
    [],
  ];
  const gone = new Set(before.labels.filter((label) => !after.labels.includes(label)));
  for (const [from, targets] of moves) {
    // All that is left of a class that is gone went into one: the class was given that name.
    const [[to, count]] = targets;
    if (gone.has(from) && targets.size === 1)
      (before.labels.includes(to) || isTaken(moves, from, to) ? merged : renamed).push({ from, to, count });
    else for (const [target, moved] of targets) if (target !== from) relabelled.push({ from, to: target, count: moved });
  }
  relabelled.sort((a, b) => b.count - a.count || byText(a.from, b.from) || byText(a.to, b.to));
  const leftClasses = [...gone].filter((label) => !moves.has(label)).sort(byText);
  return { added, dropped: before.samples.length - kept, relabelled, renamed, merged, leftClasses };
}

/** Another class went into it too. */
const isTaken = (moves: Map<string, Map<string, number>>, from: string, to: string): boolean =>
  [...moves].some(([other, targets]) => other !== from && targets.has(to));
