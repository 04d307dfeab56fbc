// Where the checkpoints of a run lie in its folder, and what each is called.
export const CHECKPOINTS = 'checkpoints';

export const checkpointName = (step: number): string => `step-${String(step).padStart(9, '0')}`;

/** Undefined: that is the name of none. */
export function checkpointStep(name: string): number | undefined {
  const [, digits] = /^step-(\d+)$/.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
