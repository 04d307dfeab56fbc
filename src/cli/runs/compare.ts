// `runs compare`: settings that differ, results beside the first run's, and whether one is better than it.
import { resultRows, settingRows } from '#renderer/words/compare-words';
import type { ComparedRun } from '#shared/comparison/comparison';
import { LEAST_COMPARED, MOST_COMPARED } from '#shared/comparison/comparison';
import { judgedFirst } from '#shared/comparison/judged-first';
import { comparedSentences } from '#shared/comparison/verdict-words';
import type { RunSummary } from '#shared/run-record';
import { samplesNoun } from '#shared/data-sort';
import type { EvaluatedPart } from '#shared/evaluation/evaluation';
import { compareRepeats } from '#store/compare-repeats';
import type { Database } from '#store/database';
import { getDataset } from '#store/datasets';
import { fromStored } from '#store/location';
import { getRunRow } from '#store/runs';
import { compareKept } from '#trainer/comparing/compare-kept';
import { ownData } from '../evaluate';
import { judgeInProcess } from '../judge';
import { printable } from '../terminal';
import { columns } from './columns';
import { findRun, SHORT_ID, type ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';

export async function compareCommand(history: ReadHistory, words: string[], { json, part }: RunsOptions): Promise<void> {
  const runs = words.map((word) => findRun(history.runs, word));
  if (runs.length < LEAST_COMPARED || runs.length > MOST_COMPARED) throw badUsage(`Name ${LEAST_COMPARED} to ${MOST_COMPARED} runs.`);
  if (new Set(runs).size < runs.length) throw badUsage('A run is named twice.');
  const others = await verdicts(history, runs, part);
  const settings = settingRows(runs);
  const results = resultRows(runs);
  if (json) history.say(JSON.stringify({ kind: 'comparison', baseline: runs[0].id, settings, results, others }));
  else history.say(lines(history, runs, { settings, results, others }).join('\n'));
}

async function verdicts(history: ReadHistory, runs: readonly RunSummary[], part: EvaluatedPart): Promise<ComparedRun[]> {
  const [baseline, ...others] = runs.map(({ id }) => id);
  const repeats = compareRepeats(history.db, baseline, others);
  const places = runs.map(({ id }) => placeOf(history, id));
  const samples = await judgedFirst(
    { runFolders: places.map(({ runFolder }) => runFolder), part },
    {
      compare: compareKept,
      judge: (place) => judgeInProcess({ runFolder: places[place].runFolder, datasetFolder: places[place].datasetFolder(), part }),
    },
  );
  return others.map((runId, i) => ({ runId, samples: samples[i], ...repeats[i] }));
}

/** A run of the command line knows its data by its checkpoint. */
function placeOf({ db, folders }: ReadHistory, id: string): { runFolder: string; datasetFolder(): string } {
  const { dataset_id: datasetId, folder, model_folder: modelFolder } = getRunRow(db, id);
  const runFolder = fromStored(folders.root, modelFolder ?? folder);
  return {
    runFolder,
    datasetFolder: () => (datasetId === null ? ownData(runFolder) : fromStored(folders.root, getDataset(db, datasetId).folder)),
  };
}

interface Told {
  settings: ReturnType<typeof settingRows>;
  results: ReturnType<typeof resultRows>;
  others: ComparedRun[];
}

function lines({ db }: ReadHistory, runs: readonly RunSummary[], { settings, results, others }: Told): string[] {
  const heads = runs.map(({ id }) => id.slice(0, SHORT_ID));
  const differing = settings.filter(({ differs }) => differs);
  const alike = settings.length - differing.length;
  return [
    ...runs.map((run, i) => `${heads[i]}  ${printable(run.name)}${i === 0 ? '  (the baseline)' : ''}`),
    '',
    ...columns([['Setting', ...heads], ...differing.map(({ name, values }) => [name, ...values.map(printable)])]),
    differing.length === 0 ? 'All settings are alike.' : `${alike} other settings are alike.`,
    '',
    ...columns([
      ['Result', ...heads],
      ...results.map(({ name, texts, deltas }) => [name, ...texts.map((text, i) => (deltas[i] ? `${text} (${deltas[i].text})` : text))]),
    ]),
    '',
    ...others.flatMap((compared, i) => {
      const [baseline, other] = [runs[0], runs[i + 1]];
      const named = {
        baseline: printable(baseline.name),
        other: printable(other.name),
        samples: samplesNoun(baseline.sort),
        data: { baseline: dataWords(db, baseline), other: dataWords(db, other) },
      };
      return comparedSentences(compared, named);
    }),
  ];
}

/** "digits, version 2". */
function dataWords(db: Database, { datasetId, datasetName }: RunSummary): string {
  const name = printable(datasetName);
  return datasetId === '' ? name : `${name}, version ${getDataset(db, datasetId).summary.version}`;
}
