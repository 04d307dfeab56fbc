// How long an epoch takes, as far as it is known: between two ends. What several say of the same epoch is put together.
export interface TimeSpan {
  secondsPerEpoch: number;
  /** It may be so many times less or more; absent: it was measured. */
  timesApart?: number;
}

export const endsOf = ({ secondsPerEpoch, timesApart = 1 }: TimeSpan): [low: number, high: number] => [
  secondsPerEpoch / timesApart,
  secondsPerEpoch * timesApart,
];

function between(low: number, high: number): TimeSpan {
  return high > low ? { secondsPerEpoch: Math.sqrt(low * high), timesApart: Math.sqrt(high / low) } : { secondsPerEpoch: high };
}

/** Each of them may come true again. */
export function spanOfAll(spans: readonly [TimeSpan, ...TimeSpan[]]): TimeSpan {
  if (spans.length === 1) return spans[0];
  const ends = spans.map(endsOf);
  return between(Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high)));
}

/** Each of them holds it; undefined where no time is in all of them. */
export function spanInAll(spans: readonly [TimeSpan, ...TimeSpan[]]): TimeSpan | undefined {
  if (spans.length === 1) return spans[0];
  const ends = spans.map(endsOf);
  const [low, high] = [Math.max(...ends.map(([least]) => least)), Math.min(...ends.map(([, most]) => most))];
  return low <= high ? between(low, high) : undefined;
}
