// The receipt of a run for programs: what was asked for, how it was made, what it came to, what happened. It names no place on the computer.
import type { RunDetail } from './contract';
import { withoutFolders, withoutPaths } from './without-paths';

export function receiptJson({
  name,
  state,
  startedAt,
  finishedAt,
  seconds,
  spec,
  plan,
  check,
  repeats,
  receipt,
  events,
}: RunDetail): string {
  return JSON.stringify(
    {
      format: 1,
      name,
      state,
      startedAt,
      finishedAt,
      seconds,
      spec,
      plan,
      check,
      repeats,
      receipt: receipt && withoutPaths(receipt),
      events: events.map(({ at, message }) => ({ at, message: withoutFolders(message) })),
    },
    null,
    2,
  );
}
