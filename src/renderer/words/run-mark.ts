// What the navigation says beside "Run": what begins, what trains, what was left unfinished, what waits.
import { word } from '#shared/language';
export interface RunMark {
  /** A line each: what does not train. */
  shown: string[];
  /** All of it, read aloud after "Run". */
  said: string;
}

const BEGINS = { measuring: 'Measuring…', starting: 'Starting…' };

/** Undefined: there is nothing to say. */
export function runMark({
  active,
  begins,
  paused,
  waiting,
}: {
  active: boolean;
  /** Start was pressed: what is done before the run. */
  begins?: 'measuring' | 'starting';
  paused: number;
  waiting: number;
}): RunMark | undefined {
  const shown = [
    ...(begins ? [BEGINS[begins]] : []),
    ...(paused > 0 ? [`${paused} paused`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ];
  // Begins with what is seen: who speaks to the computer says that.
  const parts = [...shown, ...(active ? [word('training')] : [])];
  return parts.length === 0 ? undefined : { shown, said: parts.join(', ') };
}
