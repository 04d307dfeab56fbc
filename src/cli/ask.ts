// `ask`: pictures or a table answered by a trained model without a window, by the same code as the app's "Try it".
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { listPictures } from '#datasets/given-pictures';
import type { PictureMetadata } from '#engine/layers-model';
import { answersCsv, placeOfLargest, NOT_ASKED } from '#shared/answers-csv';
import type { ListedPictures, PictureAnswer, PictureAnswers } from '#shared/asking';
import { EngineChoiceSchema } from '#shared/engine';
import { FailureError, toFailure } from '#shared/failure';
import { HostedModel } from '#shared/hosted-model';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { loadModel } from '#trainer/saved-model';
import { askTable, type ModelQuestion, type Wanted } from './ask-table';
import { forkProgram } from './fork-program';
import { parseWords } from './parse-words';
import { bar, percent, printable, StatusLine } from './terminal';

export const ASK_HELP = `npm run ask -- RUN-FOLDER PICTURE|FOLDER… [options]
npm run ask -- RUN-FOLDER TABLE.csv [options]

  RUN-FOLDER      of a finished run: what --out named, or a folder in the app's data folder under runs/
  --csv FILE      also write all answers: of pictures the class, its probability, and every class's; of a table beside its rows
  --engine NAME   auto, tensorflow-cuda, tensorflow-cpu, wasm, js (auto)
  --json          print a JSON line a picture, or one object for a table
`;

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
const PROGRAM = join(dirname(process.argv[1]), 'trainer.js');

export async function askCommand(args: string[], program = PROGRAM): Promise<number> {
  const { values, words } = parse(args);
  if (values.help) {
    console.log(ASK_HELP);
    return 0;
  }
  const [folder, ...given] = words;
  if (folder === undefined || given.length === 0) throw bad('Say which model to ask and about what: npm run ask -- RUN-FOLDER PICTURE.');
  const engine = v.safeParse(EngineChoiceSchema, values.engine ?? 'auto');
  if (!engine.success) throw bad(`There is no engine "${values.engine}". See npm run ask -- --help.`);
  const question = { modelFolder: resolve(folder), engine: engine.output, program };
  const { metadata } = loadModel(question.modelFolder);
  const paths = given.map((path) => resolve(path));
  const csv = values.csv === undefined ? undefined : resolve(values.csv);
  if ('table' in metadata) return askTable(question, paths, { csv, json: values.json });
  return askPictures(question, metadata, paths, { csv, json: values.json });
}

async function askPictures(
  { program, ...model }: ModelQuestion,
  { labels, output }: PictureMetadata,
  paths: readonly string[],
  { csv, json }: Wanted,
): Promise<number> {
  const pictures = await listPictures(paths);
  for (const problem of pictures.problems) console.error(printable(problem));
  const answers: PictureAnswer[] = [];
  const say = json ? jsonLine : textLine;
  const status = new StatusLine();
  const host = new HostedModel(() => forkProgram<TrainerCommand, TrainerMessage>(program));
  try {
    const tell = (told: PictureAnswers): void => {
      status.clear();
      for (const answer of told.answers) console.log(say(labels, pictures.names[answers.push(answer) - 1], answer));
      if (!json && answers.length < pictures.files.length) status.show(`${bar(answers.length / pictures.files.length)} asking`);
    };
    await host.askMany(model, pictures.files, tell).answer;
  } finally {
    status.clear();
    host.close();
    // What was answered is not lost where the rest was not.
    if (csv !== undefined && answers.length > 0) writeCsv(csv, { labels, isMask: output === 'pixel probabilities', pictures, answers });
  }
  return answers.some((answer) => 'shares' in answer) ? 0 : 1;
}

function parse(args: string[]) {
  const options = { csv: { type: 'string' }, engine: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  return parseWords(args, options, 'See npm run ask -- --help.', Infinity);
}

function textLine(labels: readonly string[], name: string, answer: PictureAnswer): string {
  if ('problem' in answer) return `${printable(name)}: ${answer.problem}`;
  const best = placeOfLargest(answer.shares);
  return `${printable(name)}: ${printable(labels[best])}, ${percent(answer.shares[best])}`;
}

function jsonLine(labels: readonly string[], file: string, answer: PictureAnswer): string {
  if ('problem' in answer) return JSON.stringify({ kind: 'refused', file, problem: answer.problem });
  const shares = Object.fromEntries(labels.map((label, i) => [label, answer.shares[i]]));
  return JSON.stringify({ kind: 'answer', file, answer: labels[placeOfLargest(answer.shares)], shares });
}

interface Answered {
  labels: readonly string[];
  isMask: boolean;
  pictures: ListedPictures;
  answers: readonly PictureAnswer[];
}

function writeCsv(file: string, { labels, isMask, pictures, answers }: Answered): void {
  const named = pictures.names.map((name, i) => ({ name, answer: answers[i] ?? NOT_ASKED }));
  try {
    writeFileSync(file, answersCsv(labels, isMask ? 'mask' : 'class', named));
  } catch (error) {
    throw new FailureError(toFailure(error, file));
  }
  console.error(`Written: ${file}`);
}
