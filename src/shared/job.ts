// One job in one process: a command in, messages out, one result; the process ends with the job, whichever way.
import type { Failure } from './failure';
import { FailureError } from './failure';
import type { Child, Exit } from './child';

export interface Job<Command, Result> {
  readonly result: Promise<Result>;
  post(command: Command): void;
  /** Ends the process; the result is the failure 'cancelled'. */
  cancel(): void;
  /** Ends the process as if it had died. */
  kill(): void;
}

/** What a message means for the job: nothing yet, or its result. */
export type Reading<Message, Result> = (message: Message) => { result: Result } | undefined;

export function startJob<Command, Message extends { kind: string }, Result>(
  child: Child<Command, Message | { kind: 'failure'; failure: Failure }>,
  command: Command,
  read: Reading<Message, Result>,
  died: (how: Exit) => Failure,
): Job<Command, Result> {
  let fail: (failure: Failure) => void = () => {};
  const result = new Promise<Result>((resolve, reject) => {
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      finish();
      child.kill();
    };
    fail = (failure) => settle(() => reject(new FailureError(failure)));
    child.onMessage((message) => {
      if (settled) return;
      if (isFailure(message)) return fail(message.failure);
      try {
        const reading = read(message);
        if (reading) settle(() => resolve(reading.result));
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    });
    child.onExit((how) => fail(died(how)));
  });
  child.post(command);
  return { result, post: (next) => child.post(next), cancel: () => fail({ kind: 'cancelled' }), kill: () => child.kill() };
}

const isFailure = (message: { kind: string }): message is { kind: 'failure'; failure: Failure } => message.kind === 'failure';
