// Changes to a version that are not saved yet: each can be undone, all together become the next version.
import type { DatasetEdits } from '#shared/dataset-edits';
import type { VersionDifference } from '#shared/version-difference';

/** A new class by sample; null: dropped. */
export type Pending = ReadonlyMap<number, string | null>;

export interface EditHistory {
  now: Pending;
  /** Newest last. */
  before: readonly Pending[];
  undone: readonly Pending[];
}

export const UNCHANGED: EditHistory = { now: new Map(), before: [], undone: [] };

/** Gives these samples a class, or drops them (null). One that is given its own class again is not changed. */
export function change(
  history: EditHistory,
  samples: Iterable<number>,
  to: string | null,
  labelOf: (sample: number) => string,
): EditHistory {
  const now = new Map(history.now);
  for (const sample of samples) {
    if (labelOf(sample) === to) now.delete(sample);
    else now.set(sample, to);
  }
  if (same(now, history.now)) return history;
  return { now, before: [...history.before, history.now], undone: [] };
}

export function undo({ now, before, undone }: EditHistory): EditHistory {
  const last = before.at(-1);
  return last ? { now: last, before: before.slice(0, -1), undone: [...undone, now] } : { now, before, undone };
}

export function redo({ now, before, undone }: EditHistory): EditHistory {
  const next = undone.at(-1);
  return next ? { now: next, before: [...before, now], undone: undone.slice(0, -1) } : { now, before, undone };
}

export function editsOf(pending: Pending): DatasetEdits {
  const byLabel = new Map<string, number[]>();
  const drop: number[] = [];
  for (const [sample, to] of pending) {
    if (to === null) drop.push(sample);
    else if (byLabel.has(to)) byLabel.get(to)!.push(sample);
    else byLabel.set(to, [sample]);
  }
  return { relabel: [...byLabel].map(([label, samples]) => ({ label, samples })), drop };
}

/** What the next version will say of itself. */
export function pendingDifference(pending: Pending, labelOf: (sample: number) => string): VersionDifference {
  const moves = new Map<string, { from: string; to: string; count: number }>();
  let dropped = 0;
  for (const [sample, to] of pending) {
    if (to === null) {
      dropped++;
      continue;
    }
    const from = labelOf(sample);
    const key = JSON.stringify([from, to]);
    const known = moves.get(key);
    if (known) known.count++;
    else moves.set(key, { from, to, count: 1 });
  }
  const relabelled = [...moves.values()].sort((a, b) => b.count - a.count);
  return { added: 0, dropped, relabelled, renamed: [], merged: [], leftClasses: [] };
}

const same = (a: Pending, b: Pending): boolean =>
  a.size === b.size && [...a].every(([sample, to]) => b.has(sample) && b.get(sample) === to);
