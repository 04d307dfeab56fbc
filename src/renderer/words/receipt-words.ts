// A run's receipt in words: what it promises and how that is known, what it came to, and all that is needed to make it again.
import { dateLocale } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import { checkSentence, checkTitle } from '#shared/check-words';
import type { RunDetail } from '#shared/run-record';
import { samplesNoun } from '#shared/data-sort';
import { engineWords } from '#shared/engine';
import { machineWords } from '#shared/machine';
import type { ReceiptDocument } from '#shared/receipt-document';
import type { Receipt } from '#shared/run-event';
import { runStatement } from '#shared/run-statement';
import { sessionWords } from '#shared/session';
import { withoutFolders } from '#shared/without-paths';
import { count } from './numbers';
import { cut, verdictWords } from './plan-words';
import { costFacts, resultFacts, settingsFacts, type Fact } from './run-facts';
import { capital, noBetter, outcomeSentence, sameWords, stateLabel, stoppedItself } from './run-words';
import { timeFacts } from './time-facts';

export function receiptDocument(run: RunDetail): ReceiptDocument {
  const { name, receipt, events } = run;
  return {
    title: `Receipt: ${name}`,
    lead: `${endWords(run)}; started ${moment(run.startedAt)}${run.finishedAt ? `, ended ${moment(run.finishedAt)}` : ''}.`,
    statement: statementOf(run),
    parts: [
      {
        title: 'Result',
        facts: receipt
          ? [...resultFacts(run, receipt), ...costFacts(receipt), ...timeFacts({ ...run, seconds: receipt.seconds })]
          : [['How it ended', withoutFolders(outcomeSentence(run))]],
      },
      { title: 'Data', facts: dataFacts(run) },
      { title: 'Settings', facts: settingsFacts(run) },
      ...(run.plan ? [{ title: 'How each batch was made', facts: planFacts(run.plan) }] : []),
      ...madeWith(run),
    ],
    events: events.map(({ at, message }) => ({ at: moment(at), message: withoutFolders(message) })),
  };
}

/** "Completed"; "Stopped by itself after 17 of 60 epochs, no better for 8". */
function endWords(run: RunDetail): string {
  if (run.state !== 'completed' || !run.endedEarly) return stateLabel(run);
  return capital(`${stoppedItself(run, run.endedEarly)}, ${noBetter(run.endedEarly)}`);
}

const moment = (iso: string): string => new Date(iso).toLocaleString(dateLocale, { dateStyle: 'medium', timeStyle: 'medium' });

const NOT_TRIED = 'Not tried on samples: “Check it” on the Plan page makes one update whole and in pieces.';

function statementOf(run: RunDetail): ReceiptDocument['statement'] {
  const { plan, sort, check, repeats } = run;
  const said = runStatement(run);
  if (!plan || !said) return { title: 'It ended before it was planned', isSame: false, sentences: [] };
  const { title, because } = verdictWords(plan, sort);
  return {
    title: said.otherThanPlanned ? 'Not the run that was planned' : title,
    isSame: said.sameAsWhole,
    sentences: [
      ...(said.otherThanPlanned
        ? ['There was too little memory on its way, and its result depends on the size of its pieces, which then became smaller.']
        : []),
      ...(because === undefined ? [] : [because]),
      ...(check ? [`${checkTitle(check, samplesNoun(sort))}. ${checkSentence(check)}`] : plan.pieces.length > 1 ? [NOT_TRIED] : []),
      ...(repeats ? [`It repeats “${repeats.name}”. ${sameWords(repeats)}`] : []),
    ],
  };
}

const CONTENT = 'Content (SHA-256)';

function dataFacts({ datasetName, dataHash, receipt }: RunDetail): Fact[] {
  if (!receipt) return [['Name', datasetName], ...(dataHash === undefined ? [] : [[CONTENT, dataHash] satisfies Fact])];
  const { name, contentHash, labels, target } = receipt.dataset;
  return [
    ['Name', name],
    [CONTENT, contentHash],
    ...(target === undefined ? [] : [['What is learnt', target] satisfies Fact]),
    ...(labels.length === 0 ? [] : [['Classes', classesWords(labels)] satisfies Fact]),
  ];
}

/** As many names as are read; the receipt for programs has them all. */
const MOST_NAMES = 100;
const MOST_LETTERS = 100;

function classesWords(labels: readonly string[]): string {
  const names = labels.slice(0, MOST_NAMES).map((label) => (label.length > MOST_LETTERS ? `${label.slice(0, MOST_LETTERS)}…` : label));
  const others = labels.length - names.length;
  return `${count(labels.length)}: ${names.join(', ')}${others > 0 ? ` and ${count(others)} more, all in the JSON` : ''}`;
}

const planFacts = ({ pieces, peakBytes, budgetBytes, wholeBatchBytes, stages }: NonNullable<RunDetail['plan']>): Fact[] => [
  ['Pieces', pieces.length === 1 ? 'Whole' : cut(pieces)],
  ['Planned memory', `${formatBytes(peakBytes)} of ${formatBytes(budgetBytes)} allowed`],
  ['The whole batch at once', formatBytes(wholeBatchBytes)],
  ...(stages ? [['Stages', count(stages.count)] satisfies Fact] : []),
];

function madeWith({ receipt, ranOn }: RunDetail): ReceiptDocument['parts'] {
  const facts = receipt ? circumstances(receipt) : ranOn ? [['Engine', engineWords(ranOn)] satisfies Fact] : [];
  return facts.length > 0 ? [{ title: 'Made with', facts }] : [];
}

function circumstances({ engine, versions, machine, madeBefore, model, weights, startWeights, source }: Receipt): Fact[] {
  const { overbatch, tfjs, node, electron } = versions;
  const programs = [`Overbatch ${overbatch}`, `TensorFlow.js ${tfjs}`, ...(electron ? [`Electron ${electron}`] : []), `Node ${node}`];
  const saved = model && (model.of === 'best epoch' ? `Of epoch ${model.epoch}, the best` : `Of step ${count(model.step)}, the last`);
  return [
    ['Engine', engineWords(engine)],
    [
      'Computer',
      machine ? `${machineWords(machine)}, ${formatBytes(machine.memoryBytes)} of memory` : 'Not written down by this older version',
    ],
    ...(madeBefore ? [['Parts were made with', madeBefore.map(sessionWords).join('; ')] satisfies Fact] : []),
    ['Programs', programs.join(', ')],
    ...(source ? [['Began with', `${source.name}, SHA-256 ${source.sha256}`] satisfies Fact] : []),
    ...(startWeights === undefined ? [] : [['Weights it began with (SHA-256)', startWeights] satisfies Fact]),
    ...(saved === undefined ? [] : [['Saved model', saved] satisfies Fact]),
    ...(weights === undefined ? [] : [['Its weights (SHA-256)', weights] satisfies Fact]),
  ];
}
