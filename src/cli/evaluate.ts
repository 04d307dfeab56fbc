// `evaluate`: what a finished run's model says of the samples it did not learn from, in figures; the same as the window's "How good is it".
import { resolve } from 'node:path';
import { EVALUATED_PARTS, type Evaluated, type EvaluatedPart } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { checkpointNames, readHeader } from '#trainer/checkpoint';
import { loadModel } from '#trainer/saved-model';
import { makeThrownAway, removeThrownAway } from '#trainer/thrown-away';
import { evaluationJson, evaluationLines } from './evaluation-report';
import { judgeInProcess } from './judge';
import { parseWords } from './parse-words';
import { prepareData } from './prepare-data';
import { PICTURE_HELP, READING_OPTIONS, type ReadingOptions } from './reading-options';
import { TABLE_HELP } from './table-options';

export const EVALUATE_HELP = `npm run evaluate -- RUNFOLDER [options]

  --part NAME         validation, test (validation)
  --data FOLDER       the data the run was trained on, where it was moved
  --json              print the figures as one JSON object

Data that is not packed is read as for the training, so say of it what was said then:
${PICTURE_HELP}
${TABLE_HELP}`;

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

export async function evaluateCommand(args: string[]): Promise<number> {
  const { runFolder, part, data, json, help, ...reading } = readArguments(args);
  if (help || runFolder === undefined) {
    console.log(EVALUATE_HELP);
    return help ? 0 : 1;
  }
  const folder = resolve(runFolder);
  const judge = (datasetFolder: string): Promise<Evaluated> => judgeInProcess({ runFolder: folder, datasetFolder, part });
  const evaluated = data === undefined ? await judge(ownData(folder)) : await withPrepared(data, reading, judge);
  console.log(json ? JSON.stringify(evaluationJson(evaluated)) : evaluationLines(evaluated).join('\n'));
  return 0;
}

/** Where the data lie that the run was trained on: its checkpoints know. */
export function ownData(folder: string): string {
  if (checkpointNames(folder).length > 0) return readHeader(folder).header.datasetFolder;
  // Not the folder of a run at all, or half of it: that is said first.
  loadModel(folder);
  throw bad(`What lies in ${folder} does not say where its data are, as an export does not. Say where: --data FOLDER.`);
}

/** Never packed into the run's folder: what lies there is what the run was trained on, and this may be other data. */
async function withPrepared<T>(data: string, reading: ReadingOptions, work: (datasetFolder: string) => Promise<T>): Promise<T> {
  const folder = makeThrownAway('evaluate');
  try {
    const say = (sentence: string): void => console.error(sentence);
    return await work(await prepareData(data, folder, { say, signal: new AbortController().signal, reading }));
  } finally {
    removeThrownAway(folder);
  }
}

function readArguments(args: string[]) {
  const options = {
    ...READING_OPTIONS,
    part: { type: 'string', default: 'validation' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values, words } = parseWords(args, options, 'See npm run evaluate -- --help.', 1);
  return { ...values, runFolder: words.at(0), part: partNamed(values.part) };
}

function partNamed(name: string): EvaluatedPart {
  const part = EVALUATED_PARTS.find((known) => known === name);
  if (part === undefined) throw bad(`There is no part "${name}". Use one of: ${EVALUATED_PARTS.join(', ')}.`);
  return part;
}
