// What the navigation says beside "Run": what trains, what was left unfinished, what waits.
export interface RunMark {
  /** What there is room for. */
  shown: string;
  /** All of it, read aloud after "Run". */
  said: string;
}

/** Undefined: there is nothing to say. */
export function runMark({ active, paused, waiting }: { active: boolean; paused: number; waiting: number }): RunMark | undefined {
  const parts = [
    ...(active ? ['training'] : []),
    ...(paused > 0 ? [`${paused} paused`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ];
  return parts.length === 0 ? undefined : { shown: active ? '' : parts[0], said: parts.join(', ') };
}
