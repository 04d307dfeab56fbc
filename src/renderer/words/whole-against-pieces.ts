// The claim of micro-batch processing on a person's own data: a batch that fits whole beside a larger one in pieces, and that one whole.
import { formatBytes } from '#shared/bytes';
import { areRepeats } from '#shared/comparison/repeats';
import type { QueuedRun } from '#shared/queue';
import type { RunDetail, RunSummary } from '#shared/run-record';
import type { RunSpec } from '#shared/run-spec';
import { resultRows } from './compare-words';
import { count } from './numbers';

/** A run beside the one in pieces: what it is trained with, and what became of that. */
export interface Counterpart {
  spec: RunSpec;
  /** As it is wanted: completed, and in one piece. */
  made?: RunSummary;
  /** Completed, but in pieces: it stands for no whole batch. */
  cut?: RunSummary;
  /** It trains, or waits to. */
  isComing: boolean;
  /** It lies still until a person resumes it. */
  paused?: RunSummary;
}

export interface WholeAgainstPieces {
  pieces: RunDetail;
  /** The largest batch that was tried and fits into the same memory in one piece. */
  small: Counterpart;
  /** The same batch in one piece, in whatever memory is free. */
  large: Counterpart & { neededBytes: number };
}

type Waiting = Pick<QueuedRun, 'datasetId' | 'spec'>;

/** Undefined of a run that did not train in pieces to its end. */
export function wholeAgainstPieces(
  run: RunDetail,
  all: readonly RunSummary[],
  waiting: readonly Waiting[] = [],
): WholeAgainstPieces | undefined {
  const { plan, spec, state } = run;
  if (state !== 'completed' || !plan || plan.pieces.length < 2) return undefined;
  const tried = plan.measured.filter(({ micro, peakBytes }) => micro < spec.batch && peakBytes <= plan.budgetBytes);
  const largest = Math.max(plan.micro, ...tried.map(({ micro }) => micro));
  // Of few samples no mini-batch has more.
  const most = plan.pieces.reduce((sum, piece) => sum + piece, 0);
  const counterpart = (own: RunSpec): Counterpart => {
    const same = (other: Waiting): boolean =>
      own.seed === other.spec.seed && areRepeats({ spec: own, data: run.datasetId }, { spec: other.spec, data: other.datasetId });
    const found = all.filter(same);
    const completed = found.filter(({ state }) => state === 'completed');
    const made = completed.find(({ micro = 0 }) => micro >= Math.min(own.batch, most));
    const cut = made ? undefined : completed.at(0);
    const isComing = waiting.some(same) || found.some(({ state }) => state === 'running');
    const paused = isComing ? undefined : found.find(({ state }) => state === 'paused');
    return { spec: own, ...(made && { made }), ...(cut && { cut }), isComing, ...(paused && { paused }) };
  };
  const free = { ...spec };
  delete free.budgetBytes;
  return {
    pieces: run,
    // Free memory comes and goes: it is held to what the pieces were.
    small: counterpart({ ...spec, batch: largest, micro: 'auto', budgetBytes: plan.budgetBytes }),
    large: { ...counterpart({ ...free, micro: spec.batch }), neededBytes: plan.wholeBatchBytes },
  };
}

/** "A trained batches of 256 in 8 pieces; the largest batch that fits whole into the same 30.0 MB is 32." */
export function claimWords({ pieces: { plan, spec }, small }: WholeAgainstPieces, letter: string): string {
  const budget = plan && formatBytes(plan.budgetBytes);
  return `${letter} trained batches of ${count(spec.batch)} in ${count(plan?.pieces.length ?? 0)} pieces; the largest batch that was tried and fits whole into the same ${budget} is ${count(small.spec.batch)}.`;
}

/** Why a run that is there does not count; undefined where there is none. */
export const cutWords = ({ spec, cut }: Counterpart): string | undefined =>
  cut && `A run of batch ${count(spec.batch)} was cut into pieces of ${count(cut.micro ?? 0)}, too: it shows no whole batch.`;

export interface PaperTable {
  columns: string[];
  rows: string[][];
}

/** Accuracy, time and peak memory, a column a run; undefined before the whole batch is made. */
export function paperTable({ pieces, small, large }: WholeAgainstPieces): PaperTable | undefined {
  if (!small.made) return undefined;
  const runs = [small.made, pieces, ...(large.made ? [large.made] : [])];
  const budget = formatBytes(pieces.plan?.budgetBytes ?? 0);
  const cut = pieces.plan?.pieces.length ?? 0;
  return {
    columns: ['Run', `Whole, in ${budget}`, `In pieces, in ${budget}`, ...(large.made ? ['Whole, in what it needs'] : [])],
    rows: [
      ['Batch', ...runs.map(({ spec }) => count(spec.batch))],
      ['Pieces', ...runs.map((run) => (run === pieces ? `${cut} of ${count(pieces.plan?.micro ?? 0)}` : '1'))],
      ...resultRows(runs)
        .filter(({ isClaim }) => isClaim)
        .map(({ name, texts }) => [name, ...texts]),
    ],
  };
}

/** The comparison that shows it, once there is one: the whole batch is the baseline. */
export const comparedIds = ({ pieces, small, large }: WholeAgainstPieces): string[] =>
  small.made ? [small.made.id, pieces.id, ...(large.made ? [large.made.id] : [])] : [];
