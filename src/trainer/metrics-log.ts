// metrics.jsonl: one line a step, one an epoch, appended as they happen.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { RunEventOf } from '#shared/run-event';
import { writeFileAtomic } from './atomic';

export class MetricsLog {
  private readonly handle: number;

  /** Lines of steps after `fromStep` are dropped: a resumed run does those steps again. */
  constructor(path: string, fromStep: number) {
    if (fromStep === 0) writeFileAtomic(path, '');
    else if (existsSync(path)) writeFileAtomic(path, linesUpTo(path, fromStep));
    this.handle = openSync(path, 'a');
  }

  write(event: RunEventOf<'progress'> | RunEventOf<'epoch'>): void {
    const lines = event.kind === 'progress' ? event.steps.map((s) => ({ kind: 'step', ...s })) : [event];
    for (const line of lines) writeSync(this.handle, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.handle);
  }
}

function linesUpTo(path: string, step: number): string {
  const kept = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => {
      try {
        return (JSON.parse(line) as { step: number }).step <= step;
      } catch {
        return false; // the last line of a killed process may be cut short
      }
    });
  return kept.map((line) => `${line}\n`).join('');
}
