// What a run may say of its result: whether it is the one that the whole batch gives, and whether that was tried.
import type { RunDetail } from './run-record';

export interface RunStatement {
  /** As with the whole batch at once, but for rounding. */
  sameAsWhole: boolean;
  /** Its pieces became smaller on its way, where the result depends on their size. */
  otherThanPlanned: boolean;
  /** By what it is known: pieces were compared with the whole on this computer, or it follows from how the model computes. */
  proof: 'checked' | 'by-computation';
}

/** Undefined where it ended before it was planned. */
export function runStatement({ plan, check, receipt }: Pick<RunDetail, 'plan' | 'check' | 'receipt'>): RunStatement | undefined {
  if (!plan) return undefined;
  const otherThanPlanned = receipt?.recoveries?.some(({ changesResult }) => changesResult) ?? false;
  return {
    sameAsWhole: plan.verdict.kind === 'identical' && !otherThanPlanned,
    otherThanPlanned,
    proof: check ? 'checked' : 'by-computation',
  };
}
