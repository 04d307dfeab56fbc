// How memory bars share one scale: what they show in full, and where the budget line stands.
export interface MemoryScale {
  /** Bytes at the right end. */
  full: number;
  /** The budget's place from 0 to 1; undefined when it lies beyond the right end. */
  budgetAt?: number;
}

/** A budget more times larger than the need would leave the bars as slivers: then it is told, not drawn, and the bars stay short. */
const FAR = 6;

export function memoryScale(needs: number[], budget: number): MemoryScale {
  const most = Math.max(1, ...needs);
  if (budget > FAR * most) return { full: FAR * most };
  const full = Math.max(most, budget) * 1.08;
  return { full, budgetAt: budget / full };
}
