// The receipt of a run for programs: what was asked for, how it was made, what it came to, what happened. It names no place on the computer.
import type { RunDetail } from './run-record';
import { runStatement } from './run-statement';
import { withoutPaths, withoutPlaces } from './without-paths';

export function receiptJson(run: RunDetail): string {
  const { name, state, startedAt, finishedAt, seconds, epochsDone, spec, plan, ranOn, dataHash, check, repeats, receipt, events } = run;
  const told = withoutPlaces({ spec, plan, engine: ranOn, check, events });
  const cleaned = receipt && withoutPaths(receipt);
  return JSON.stringify(
    {
      format: 1,
      name,
      state,
      startedAt,
      finishedAt,
      seconds,
      epochsDone,
      dataHash,
      repeats,
      statement: runStatement(run),
      ...told,
      receipt: cleaned,
    },
    null,
    2,
  );
}
