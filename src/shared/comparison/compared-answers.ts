// What several models say of the very same samples: small enough to be sent at once, and all tables side by side are made of it.
import { assertNever } from '../assert-never';
import { answersOf } from '../evaluation/confusion';
import type { ClassEvaluation, Evaluation, MaskEvaluation, NumberEvaluation } from '../evaluation/evaluation';
import { classOverlaps, type Overlap } from '../evaluation/overlap';

/** Of each run in order, the baseline's first. */
export type ComparedAnswers =
  /** Each sample's index in the version, its class, and the class that each says: places in `labels`. */
  | { kind: 'classes'; labels: string[]; indices: Int32Array; truth: Int32Array; answers: Int32Array[] }
  /** Of each class, over all pictures. */
  | { kind: 'masks'; labels: string[]; overlaps: Overlap[][] }
  | { kind: 'number'; target: string; indices: Int32Array; truth: Float64Array; predicted: Float64Array[] };

/** @param others of the same samples and task as the baseline's; read one after the other, since they may be large */
export function comparedAnswers(baseline: Evaluation, others: Iterable<Evaluation>): ComparedAnswers {
  const each = <One extends Evaluation, Kept>(own: One, keep: (one: One) => Kept): Kept[] => [
    keep(own),
    ...Array.from(others, (other) => keep(other as One)),
  ];
  switch (baseline.kind) {
    case 'classes': {
      const { kind, labels, indices, truth } = baseline;
      return { kind, labels, indices, truth, answers: each<ClassEvaluation, Int32Array>(baseline, answersOf) };
    }
    case 'masks': {
      const { kind, labels } = baseline;
      return { kind, labels, overlaps: each<MaskEvaluation, Overlap[]>(baseline, (one) => classOverlaps(one)) };
    }
    case 'number': {
      const { kind, target, indices, truth } = baseline;
      return { kind, target, indices, truth, predicted: each<NumberEvaluation, Float64Array>(baseline, ({ predicted }) => predicted) };
    }
    default:
      return assertNever(baseline);
  }
}
