// What a run prints: JSON lines for programs; a progress bar, sentences and a table for people.
import { formatBytes } from '#shared/bytes';
import { ENGINE_LABELS } from '#shared/engine';
import { mainScores, mainWords, MASK_SCORES_HELP, TRAILING_HELP } from '#shared/metric-words';
import type { DatasetFacts, Metrics, RunEvent, RunEventOf } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { trailsAtFirst } from '#shared/run-spec';
import { bar, clock, percent, StatusLine } from './terminal';

export interface Reporter {
  say(sentence: string): void;
  event(event: RunEvent): void;
}

export function reporter(json: boolean): Reporter {
  if (json) {
    return { say: (message) => printLine({ kind: 'note', message }), event: printLine };
  }
  return peopleReporter();
}

const printLine = (event: RunEvent): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

function peopleReporter(): Reporter {
  const status = new StatusLine();
  let started: RunEventOf<'started'> | undefined;
  let planned: RunEventOf<'planned'> | undefined;
  let saved = '';
  const print = (text: string): void => {
    status.clear();
    console.log(text);
  };
  return {
    say: print,
    event(event) {
      switch (event.kind) {
        case 'started':
          started = event;
          print(startedText(event));
          return;
        case 'planned':
          planned = event;
          print(plannedText(event));
          return;
        case 'note':
          return print(event.message);
        case 'progress':
          return status.show(progressText(event, started));
        case 'epoch':
          print(epochText(event, started));
          if (event.epoch === 1 && event.validation && started && trailsAtFirst(started.spec)) print(`Note     ${TRAILING_HELP}`);
          return;
        case 'recovered':
        case 'paused':
          return print(sentence(event) ?? '');
        case 'checkpoint':
          return;
        case 'saved':
          saved = event.folder;
          return;
        case 'finished':
          print(resultTable(event, planned, saved, started ? samplesWord(started.dataset) : 'samples'));
          if (started?.dataset.kind === 'segmentation') print(`\n${MASK_SCORES_HELP}`);
          return;
        case 'failed':
          status.clear();
          console.error(event.sentence);
      }
    },
  };
}

function startedText({ engine, dataset, spec, parameters, trained, resumedAt }: RunEventOf<'started'>): string {
  const lines = [
    `Engine   ${ENGINE_LABELS[engine.name]} (${engine.version}). ${engine.reason}`,
    `Data     ${dataset.name}: ${learntWords(dataset)}, ${dataset.train} ${samplesWord(dataset)} to train, ${dataset.validation} to validate${dataset.test ? `, ${dataset.test} to test` : ''}`,
    `Model    ${spec.model}, ${parameters.toLocaleString('en')} parameters${trained === undefined ? '' : `, of which ${trained.toLocaleString('en')} are trained`}`,
  ];
  if (resumedAt) lines.push(`Resumed  after step ${resumedAt}`);
  return lines.join('\n');
}

const samplesWord = ({ kind }: DatasetFacts): string => (kind === 'table' ? 'rows' : 'pictures');

const learntWords = ({ labels, target }: DatasetFacts): string =>
  labels.length > 0 ? `${labels.length} classes${target ? ` of ${target}` : ''}` : `${target}, a number`;

function plannedText({ plan }: RunEventOf<'planned'>): string {
  const pieces = plan.pieces.length;
  const how = pieces === 1 ? 'in one piece' : `as ${pieces} micro-batches of at most ${plan.micro}`;
  const same =
    plan.verdict.kind === 'identical'
      ? `same result as the whole batch${plan.verdict.because ? `: ${plan.verdict.because}` : '.'}`
      : `not identical to the whole batch: ${plan.verdict.because}; ${plan.verdict.remedy}.`;
  return `Plan     a batch of ${plan.batch} runs ${how}: ${formatBytes(plan.peakBytes)} of the ${formatBytes(plan.budgetBytes)} allowed; ${same}`;
}

function progressText({ steps, samplesPerSecond, secondsLeft, memory }: RunEventOf<'progress'>, started?: RunEventOf<'started'>): string {
  const last = steps[steps.length - 1];
  const done = (last?.step ?? 0) / (started?.totalSteps ?? 1);
  return `${bar(done)} ${percent(done)}  loss ${last?.loss.toFixed(4)}  ${Math.round(samplesPerSecond).toLocaleString('en')} samples/s  ${clock(secondsLeft)} left  peak ${formatBytes(memory.peakBytes)}`;
}

function epochText({ epoch, train, validation, seconds }: RunEventOf<'epoch'>, started?: RunEventOf<'started'>): string {
  const width = String(started?.spec.epochs ?? 0).length;
  return `Epoch ${String(epoch).padStart(width)}  ${lossAndResult(train, '  ')}   ${validation ? `validation: ${lossAndResult(validation, '  ')}` : 'no validation'}   ${clock(seconds)}`;
}

function resultTable(
  { reason, train, validation, test, seconds, memory }: RunEventOf<'finished'>,
  planned: RunEventOf<'planned'> | undefined,
  saved: string,
  samples: string,
): string {
  const rows = [
    ['Training', lossAndResult(train, ', ')],
    [
      'Validation',
      validation
        ? `${lossAndResult(validation, ', ')}${scoreWords(validation)} (${validation.samples} ${samples})`
        : `none: no ${samples} were held out`,
    ],
    ...(test ? [['Test', `${lossAndResult(test, ', ')}${scoreWords(test)} (${test.samples} ${samples} that it did not learn from)`]] : []),
    ...(planned ? [['Batch', `${planned.plan.batch} in micro-batches of at most ${planned.plan.micro}`]] : []),
    ['Peak memory', `${formatBytes(memory.peakBytes)} counted, ${formatBytes(memory.rssBytes)} the whole process now`],
    ['Time', clock(seconds)],
    ['Saved in', saved],
  ];
  const title = reason === 'stopped' ? 'Stopped early; go on with --resume.' : 'Finished.';
  return `\n${title}\n${rows.map(([name, value]) => `  ${name.padEnd(12)} ${value}`).join('\n')}`;
}

function lossAndResult({ loss, accuracy, scores }: Metrics, between: string): string {
  const main = mainScores(scores);
  return `loss ${loss.toFixed(4)}${between}${main ? mainWords(main) : `accuracy ${percent(accuracy)}`}`;
}

/** ", F1 0.981, AUC 0.999": what else was measured of classes. */
const scoreWords = ({ scores = {} }: Metrics): string =>
  Object.entries(mainScores(scores) ? {} : scores)
    .map(([name, { value }]) => `, ${name} ${value?.toFixed(3) ?? '–'}`)
    .join('');
