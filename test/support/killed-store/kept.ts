// What a history keeps of runs whose process was killed, held against what that had said.
import type { Database } from '#store/database';
import type { Said } from './said';

interface RunRow {
  key: number;
  id: string;
  state: string;
  finished_at: string | null;
  failure: string | null;
  seconds: number | null;
  train_loss: number | null;
  model_folder: string | null;
  receipt: string | null;
}

/** Milliseconds of training that are not there: between the last step that was said and the last that is kept. */
export function lostMilliseconds(db: Database, said: readonly Said[]): number {
  const last = said.at(-1);
  if (!last) return 0;
  const kept = said.findLast(({ run, step }) => step <= lastStep(db, run));
  return last.at - (kept?.at ?? said[0].at);
}

const lastStep = (db: Database, run: string): number =>
  db.get<{ step: number | null }>('SELECT max(step) AS step FROM steps JOIN runs ON runs.key = run WHERE runs.id = @run', { run })?.step ??
  -1;

/** What does not go together, a sentence each. */
export function contradictions(db: Database): string[] {
  const runs = db.all<RunRow>('SELECT key, id, state, finished_at, failure, seconds, train_loss, model_folder, receipt FROM runs');
  return runs.flatMap((run) => [
    ...(run.state === 'completed' && (run.seconds === null || run.train_loss === null) ? [`${run.id} is completed without a result.`] : []),
    ...(!['completed', 'interrupted'].includes(run.state) ? [`${run.id} is ${run.state}, and its process is dead.`] : []),
    ...(run.finished_at === null ? [`${run.id} has ended at no time.`] : []),
    ...(run.state === 'interrupted' && run.failure === null ? [`${run.id} does not say why it ended.`] : []),
    ...((run.model_folder === null) !== (run.receipt === null)
      ? [`${run.id} has a model without its receipt, or the other way round.`]
      : []),
    ...unfitting(db, run),
  ]);
}

/** Steps without a gap, sentences and epochs of steps that are there. */
function unfitting(db: Database, { key, id, state }: RunRow): string[] {
  const count = (sql: string): number => db.get<{ count: number }>(`SELECT (${sql}) AS count`, { key })?.count ?? 0;
  const [steps, last] = [count('SELECT count(*) FROM steps WHERE run = @key'), count('SELECT max(step) FROM steps WHERE run = @key')];
  return [
    ...(steps !== last ? [`${id} has ${steps} steps, the last of which is ${last}.`] : []),
    ...(count('SELECT max(step) FROM epochs WHERE run = @key') > last ? [`${id} has an epoch of steps that it lacks.`] : []),
    ...(steps > 0 && count(`SELECT count(*) FROM run_events WHERE run = @key AND kind = 'started'`) === 0 ? [`${id} never started.`] : []),
    ...(state === 'completed' && count(`SELECT count(*) FROM run_events WHERE run = @key AND kind = 'finished'`) !== 1
      ? [`${id} is completed and does not say so once.`]
      : []),
  ];
}
