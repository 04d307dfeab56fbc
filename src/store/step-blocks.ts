// Every hundred steps of a run as one row, with the steps that have the extremes and the sums of means: so a curve of millions is thinned in milliseconds.
import type { Database } from './database';

export const BLOCK = 100;

const EXTREMES = [
  ['min', 'loss'],
  ['max', 'loss'],
  ['min', 'accuracy'],
  ['max', 'accuracy'],
  ['min', 'learning_rate'],
  ['max', 'learning_rate'],
  ['max', 'memory_bytes'],
] as const;

/** Of the steps a block is of: `block` 0 are the first hundred. */
const WITHIN = `FROM steps WHERE run = @run AND step > @block * ${BLOCK} AND step <= (@block + 1) * ${BLOCK}`;

const FILL = `INSERT OR REPLACE INTO step_blocks (run, block, steps, loss_sum, losses, accuracy_sum, accuracies,
    ${EXTREMES.map(([of, column]) => `${column}_${of}, ${column}_${of}_at`).join(', ')})
  SELECT @run, @block, count(*), sum(loss), count(loss), sum(accuracy), count(accuracy),
    ${EXTREMES.map(([of, column]) => `${of}(${column}), (SELECT at FROM (SELECT step AS at, ${of}(${column}) ${WITHIN}))`).join(', ')}
  ${WITHIN}`;

const blockOf = (step: number): number => Math.floor((step - 1) / BLOCK);

/** After steps were written, in a transaction of the caller's: blocks that they completed are made, and one that they changed is none until it is complete again. */
export function addBlocks(db: Database, run: number, firstStep: number, lastStep: number): void {
  const [first, last] = [blockOf(firstStep), blockOf(lastStep + 1)];
  forgetBlocks(db, run, firstStep);
  for (let block = first; block < last; block++) db.run(FILL, { run, block });
}

/** Of steps that were written otherwise, some blocks at a time, and where steps lack none. @returns the step to go on from; undefined: all are made */
export function addBlocksFrom(db: Database, run: number, from: number, most: number): number | undefined {
  const lastStep = db.get<{ step: number | null }>('SELECT max(step) AS step FROM steps WHERE run = @run', { run })?.step ?? 0;
  const after = 'SELECT min(step) AS step FROM steps WHERE run = @run AND step >= @from';
  for (let made = 0, next = from; ; made++) {
    if (made === most) return next;
    const step = db.get<{ step: number | null }>(after, { run, from: next })?.step ?? Infinity;
    const block = blockOf(step);
    if (block >= blockOf(lastStep + 1)) return undefined;
    db.run(FILL, { run, block });
    next = (block + 1) * BLOCK + 1;
  }
}

/** Those that a step belongs to from which on they are written anew. */
export function forgetBlocks(db: Database, run: number, fromStep: number): void {
  db.run('DELETE FROM step_blocks WHERE run = @run AND block >= @block', { run, block: Math.max(0, blockOf(fromStep)) });
}

/** The first step that belongs to none. */
export function coveredUpTo(db: Database, run: number): number {
  const row = db.get<{ block: number | null }>('SELECT max(block) AS block FROM step_blocks WHERE run = @run', { run });
  return typeof row?.block === 'number' ? (row.block + 1) * BLOCK + 1 : 1;
}
