// An event of the run in progress as a line of its list; undefined for readings, which are curves.
import { assertNever } from '#shared/assert-never';
import { formatBytes } from '#shared/bytes';
import { ENGINE_LABELS } from '#shared/engine';
import type { RunEvent } from '#shared/run-event';
import { count, percent } from './numbers';
import { cut } from './plan-words';

export function eventSentence(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'started': {
      const engine = ENGINE_LABELS[event.engine.name];
      if (event.resumedAt !== undefined) return `Resumed after step ${count(event.resumedAt)} on ${engine}.`;
      const { train, validation } = event.dataset;
      return `Started on ${engine} with ${count(train)} training and ${count(validation)} validation pictures.`;
    }
    case 'planned': {
      const { pieces, peakBytes, budgetBytes } = event.plan;
      const how = pieces.length === 1 ? 'Every batch runs whole' : `Every batch runs as ${cut(pieces)}`;
      return `${how}: ${formatBytes(peakBytes)} of the ${formatBytes(budgetBytes)} allowed.`;
    }
    case 'note':
      return event.message;
    case 'checkpoint':
      return `Checkpoint saved after step ${count(event.step)}.`;
    case 'saved':
      return 'Model saved.';
    case 'finished':
      return `${event.reason === 'completed' ? 'Completed' : 'Stopped'}: ${percent(event.validation.accuracy)} of the validation pictures right.`;
    case 'failed':
      return event.sentence;
    case 'progress':
    case 'epoch':
      return undefined;
    default:
      return assertNever(event);
  }
}
