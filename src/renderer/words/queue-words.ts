// When a run that is put into the queue begins.
import type { RunQueue } from '#shared/queue';
import { counted } from './numbers';

/** @param queue as it is before this one stands in it */
export function turnWords({ waiting, hold }: RunQueue): string {
  if (hold && waiting.length > 0) return 'The queue is held: this one begins when it goes on, see Run.';
  if (waiting.length === 0) return 'This one begins when the run before it ends.';
  return `This one begins after the run that trains and the ${counted(waiting.length, 'other')} that ${waiting.length === 1 ? 'waits' : 'wait'}.`;
}
