// What a run's event is called, in the window and in its history; undefined for the readings, which are curves.
import { fixed, locale, withUnit } from './language';
import { assertNever } from './assert-never';
import { formatBytes } from './bytes';
import { ENGINE_LABELS } from './engine';
import { failureSentence } from './failure';
import { mainScores, mainWords } from './metric-words';
import type { Plan } from './plan';
import type { Metrics, RunEvent, RunEventOf } from './run-event';

const number = (value: number): string => value.toLocaleString(locale);
const ENDS = { completed: 'Completed', stopped: 'Finished early' } as const;
const percent = (share: number): string => withUnit(fixed(100 * share, 1), '%');

export function sentence(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'started':
      return event.resumedAt === undefined
        ? `Started on ${ENGINE_LABELS[event.engine.name]} with ${number(event.dataset.train)} training and ${number(event.dataset.validation)} validation samples.`
        : event.toFinish
          ? `Taken up to be finished after step ${number(event.resumedAt)} on ${ENGINE_LABELS[event.engine.name]}.`
          : `Resumed after step ${number(event.resumedAt)} on ${ENGINE_LABELS[event.engine.name]}.`;
    case 'planned':
      return planSentence(event.plan);
    case 'note':
      return event.message;
    case 'recovered':
      return recoveredSentence(event);
    case 'checkpoint':
      return event.step === 0 ? 'Where it begins is saved: it can go on from here.' : `Checkpoint saved after step ${number(event.step)}.`;
    case 'paused':
      return pausedSentence(event);
    case 'saved':
      return 'Model saved.';
    case 'finished':
      return finishedSentence(event);
    case 'failed':
      return event.sentence;
    case 'progress':
    case 'epoch':
      return undefined;
    default:
      return assertNever(event);
  }
}

function pausedSentence({ step, byStop, canGoOn, atOnce, why }: RunEventOf<'paused'>): string {
  if (why) return failureSentence(why);
  if (atOnce) return failureSentence({ kind: 'ended', because: atOnce, step });
  if (step > 0) return `Paused after step ${number(step)}; its memory is free again.`;
  if (canGoOn)
    return byStop
      ? 'Stopped before the first step; it can go on with what it has made.'
      : 'Paused before the first step; it can go on with what it has made.';
  return byStop ? 'Stopped before the first step; nothing was trained.' : 'Paused before the first step; resumed, it begins.';
}

function finishedSentence({ test, ...event }: RunEventOf<'finished'>): string {
  return test ? `${validatedSentence(event)} ${testSentence(test)}` : validatedSentence(event);
}

/** Of the data's own test part. */
const testSentence = ({ accuracy, scores, samples }: Metrics): string => {
  const main = mainScores(scores);
  return `On the ${number(samples)} test samples, which it did not learn from: ${main ? mainWords(main) : `${percent(accuracy)} right`}.`;
};

function validatedSentence({ reason, endedEarly, validation }: Omit<RunEventOf<'finished'>, 'test'>): string {
  const ended = endedEarly ? `Stopped by itself after epoch ${number(endedEarly.epoch)}` : ENDS[reason];
  if (!validation) return `${ended}; no samples were held out to validate with.`;
  const scores = mainScores(validation.scores);
  if (scores) return `${ended}; on the validation samples ${mainWords(scores)}.`;
  return `${ended} with ${percent(validation.accuracy)} of the validation samples right.`;
}

function recoveredSentence({ during, step, from, micro, neededBytes, availableBytes, changesResult }: RunEventOf<'recovered'>): string {
  const at = number(step);
  const where = { training: `in step ${at}`, validation: `in the validation after step ${at}`, test: `in the test after step ${at}` }[
    during
  ];
  const figures =
    neededBytes > availableBytes ? `, which needed ${formatBytes(neededBytes)} of the ${formatBytes(availableBytes)} there are` : '';
  const differs = changesResult
    ? ' Batch normalization looks at one micro-batch at a time in this run, so its result now differs from the planned one.'
    : '';
  return `Memory ran out ${where} with micro-batches of ${number(from)}${figures}. Nothing was lost: it was done again with at most ${number(micro)}.${differs}`;
}

function planSentence({ batch, pieces, micro, peakBytes, budgetBytes }: Plan): string {
  const memory = `planned with up to ${formatBytes(peakBytes)} of the ${formatBytes(budgetBytes)} allowed`;
  return pieces.length === 1
    ? `Each mini-batch of ${number(batch)} runs whole: ${memory}.`
    : `Each mini-batch of ${number(batch)} runs as ${number(pieces.length)} micro-batches of at most ${number(micro)}: ${memory}.`;
}
