// Events for the window in batches about ten times a second; consecutive ones of which the later says all become one.
import { assertNever } from '#shared/assert-never';
import type { WindowEvent } from '#shared/window-event';

const EVERY_MILLISECONDS = 100;

export class EventBatch {
  #waiting: WindowEvent[] = [];
  #timer?: NodeJS.Timeout;

  constructor(
    private readonly send: (events: WindowEvent[]) => void,
    private readonly everyMilliseconds = EVERY_MILLISECONDS,
  ) {}

  add(event: WindowEvent): void {
    const last = this.#waiting.at(-1);
    const merged = last && merge(last, event);
    if (merged) this.#waiting[this.#waiting.length - 1] = merged;
    else this.#waiting.push(event);
    this.#timer ??= setTimeout(() => this.flush(), this.everyMilliseconds);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.send(events);
  }
}

/** One event that says what both said, where the second only continues the first. */
function merge(first: WindowEvent, second: WindowEvent): WindowEvent | undefined {
  switch (second.kind) {
    case 'run':
      if (first.kind !== 'run' || first.runId !== second.runId) return undefined;
      if (first.event.kind !== 'progress' || second.event.kind !== 'progress') return undefined;
      return { ...second, event: { ...second.event, steps: [...first.event.steps, ...second.event.steps] } };
    case 'answers': {
      if (first.kind !== 'answers' || first.question !== second.question) return undefined;
      const { from, answers } = first.answers;
      if (from + answers.length !== second.answers.from) return undefined;
      return { ...second, answers: { from, answers: [...answers, ...second.answers.answers] } };
    }
    case 'piece':
    case 'queue':
    case 'begun':
    case 'show-run':
    case 'given':
    case 'command':
    case 'plan-measured':
    case 'evaluation-progress':
    case 'import-progress':
    case 'install-progress':
    case 'preferences':
    case 'move-progress':
    case 'export-progress':
    case 'disk':
      return first.kind === second.kind ? second : undefined;
    default:
      return assertNever(second);
  }
}
