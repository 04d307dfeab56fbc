// The states and results of runs in words.
import type { RunState, RunSummary } from '#shared/run-record';
import { samplesNoun } from '#shared/data-sort';
import type { EarlyEnd } from '#shared/early-stopping';
import { figuresOf, mainWords } from '#shared/metric-words';
import type { Repeats } from '#shared/repeat';
import { count, percent } from './numbers';
import { day, lasting } from './time';

export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'busy';

export const RUN_STATES: Record<RunState, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'busy' },
  paused: { label: 'Paused', tone: 'warn' },
  completed: { label: 'Completed', tone: 'good' },
  stopped: { label: 'Finished early', tone: 'plain' },
  failed: { label: 'Failed', tone: 'bad' },
  interrupted: { label: 'Interrupted', tone: 'warn' },
};

type Ended = Pick<RunSummary, 'state' | 'seconds' | 'hasModel' | 'resumable'>;

/** Ended before its first step: it can wait for its turn again. */
export const isUnbegun = ({ state, seconds, hasModel, resumable }: Ended): boolean =>
  state === 'stopped' && seconds === undefined && !hasModel && !resumable;

/** Completed before its last epoch, or ended before its first step, a run says so wherever its state is shown. */
export function stateLabel(run: Ended & Pick<RunSummary, 'endedEarly'>): string {
  if (run.state === 'completed' && run.endedEarly) return 'Stopped by itself';
  return isUnbegun(run) ? 'Not begun' : RUN_STATES[run.state].label;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "stopped by itself after 17 of 60 epochs" */
export const stoppedItself = ({ spec }: Pick<RunSummary, 'spec'>, { epoch }: EarlyEnd): string =>
  `stopped by itself after ${count(epoch)} of ${count(spec.epochs)} epochs`;

/** Why it did: "no better for 8". */
export const noBetter = ({ waited, best }: EarlyEnd): string =>
  best === undefined ? 'its loss was no number' : waited === 1 ? 'no better for 1' : `no better for ${count(waited)}`;

/** "256 in pieces of 32", "256 whole". */
export function batchWords(batch: number, micro?: number): string {
  if (micro === undefined) return count(batch);
  return micro >= batch ? `${count(batch)} whole` : `${count(batch)} in pieces of ${count(micro)}`;
}

type Result = Pick<RunSummary, 'sort' | 'validationAccuracy' | 'validationScores' | 'test'>;

/** What the validation said, and the test part where there is one, in a sentence or two; "" where there was neither. */
export const resultSentence = (result: Result): string =>
  [validationSentence(result), testSentence(result)].filter((sentence) => sentence !== '').join(' ');

function testSentence({ sort, test }: Result): string {
  if (!test) return '';
  const words = test.scores ? mainWords(test.scores) : `${percent(test.accuracy ?? NaN)} right`;
  return `On the ${count(test.samples)} test ${samplesNoun(sort)}, which it did not learn from: ${words}.`;
}

function validationSentence({ sort, validationAccuracy, validationScores }: Result): string {
  if (validationScores) return `On the validation ${samplesNoun(sort)}: ${mainWords(validationScores)}.`;
  return validationAccuracy === undefined
    ? ''
    : `The model gets ${percent(validationAccuracy)} of the validation ${samplesNoun(sort)} right.`;
}

/** The same in a cell: "97.2 %", "R² 0.482", "IoU 0.871". */
export function resultCell({ validationAccuracy, validationScores }: Result): string {
  if (validationScores) {
    const [{ name, text }] = figuresOf(validationScores);
    return `${name} ${text}`;
  }
  return validationAccuracy === undefined ? '–' : percent(validationAccuracy);
}

/** What runs are ordered and found by: R² or IoU where the model answers with those, so of runs that learn alike. */
export const resultOf = ({ validationScores, validationAccuracy }: Result): number | undefined =>
  validationScores ? figuresOf(validationScores)[0].value : validationAccuracy;

const asResult = ({ sort, test }: Result): Result => ({
  sort,
  validationScores: test?.scores,
  validationAccuracy: test?.accuracy ?? undefined,
});

/** The same of the data's own test part, where it has one. */
export const testResultOf = (run: Result): number | undefined => resultOf(asResult(run));
export const testCell = (run: Result): string => resultCell(asResult(run));

/** How a run compares with the one it repeats. */
export function sameWords({ isSame, differsFrom, because = [] }: Repeats): string {
  if (isSame === undefined && because.length === 0) return 'Whether the weights are the same is known when both have ended.';
  if (isSame === undefined)
    return ['The loss of every epoch that both made is the same; the weights are of different steps.', ...because].join(' ');
  if (isSame) return 'Repeated exactly: the weights are the same, to the last bit.';
  const where = differsFrom === undefined ? 'the loss of every epoch is the same' : `the loss differs from epoch ${count(differsFrom)} on`;
  return [`Not repeated exactly: the weights are others; ${where}.`, ...because].join(' ');
}

/** Of a run in a list, behind when and with what it was made. */
export const repeatCell = ({ repeatsExactly }: Pick<RunSummary, 'repeatsExactly'>): string =>
  repeatsExactly === undefined ? '' : repeatsExactly ? ', repeated exactly' : ', repeated, but not exactly';

/** "1,584 of 4,000", "15". */
export const epochsWords = ({ epochsDone, spec }: Pick<RunSummary, 'epochsDone' | 'spec'>): string =>
  epochsDone < spec.epochs ? `${count(epochsDone)} of ${count(spec.epochs)}` : count(epochsDone);

/** To be told from others of that name, in a list that cuts what is too long at its end: "97.2 % · today 14:05 · digits, Small CNN, batch 256". */
export const choiceWords = (run: Result & Pick<RunSummary, 'name' | 'startedAt'>): string =>
  `${resultCell(run)} · ${day(run.startedAt)} · ${run.name}`;

/** How a run ended, in one or two sentences. */
export function outcomeSentence(
  run: Result &
    Pick<RunSummary, 'state' | 'seconds' | 'failure' | 'resumable' | 'begins' | 'hasModel' | 'weightsDeletedAt' | 'spec' | 'endedEarly'>,
): string {
  const result = resultSentence(run);
  const right = result === '' ? '' : ` ${result}`;
  const took = run.seconds === undefined ? '' : ` after ${lasting(run.seconds)}`;
  const from = run.begins ? ' Resumed, it begins at its start: no checkpoint was saved yet.' : ' It can go on from its last checkpoint.';
  const goOn = run.resumable ? from : '';
  switch (run.state) {
    case 'running':
      return 'Training.';
    case 'paused':
      // By itself, and why.
      if (run.failure !== undefined) return `${run.failure}${goOn}`;
      return `Paused${took}; its memory is free again.${goOn}`;
    case 'completed':
      if (run.endedEarly) return `${itself(run, run.endedEarly)}${right}`;
      return `Completed${took}.${right}`;
    case 'stopped':
      if (isUnbegun(run)) return 'It was ended before its first step, so nothing was trained. Put back, it waits in the queue again.';
      if (!run.hasModel && run.weightsDeletedAt === undefined)
        return `Stopped${took || ' before its first step'}; it has no model yet.${goOn}`;
      return `Finished early${took}.${right}${goOn}`;
    case 'failed':
      return run.failure ?? `The run failed.${goOn}`;
    case 'interrupted':
      return `${run.failure ?? 'Overbatch ended while this run was training.'}${goOn || ' It cannot go on from here; start it again.'}`;
  }
}

/** "Stopped by itself after 17 of 60 epochs, in 42 s: no better for 8." */
function itself(run: Pick<RunSummary, 'spec' | 'seconds'>, early: EarlyEnd): string {
  const took = run.seconds === undefined ? '' : `, in ${lasting(run.seconds)}`;
  return `${capital(stoppedItself(run, early))}${took}: ${noBetter(early)}.`;
}
