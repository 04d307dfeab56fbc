// How memory bars share one scale: what they show in full, and where the budget line stands.
export interface MemoryScale {
  /** Bytes at the right end. */
  full: number;
  /** The budget's place from 0 to 1: at the right end, where all fits. */
  budgetAt: number;
}

/** Beyond the line some room is left to show that there is more. */
const BEYOND = 1.08;

export function memoryScale(needs: number[], budget: number): MemoryScale {
  const most = Math.max(1, ...needs);
  const full = most > budget ? BEYOND * most : budget;
  return { full, budgetAt: budget / full };
}
