// A table answered by a trained model: how often it is right where the table knows, and the rows with their answers as a file.
import { died } from '#shared/child';
import type { EngineChoice } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { startJob } from '#shared/job';
import type { FilePrediction } from '#shared/prediction';
import { scoreSentence } from '#shared/score-sentence';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { forkProgram } from './fork-program';
import { percent } from './terminal';

export interface ModelQuestion {
  modelFolder: string;
  engine: EngineChoice;
  /** Of the training process. */
  program: string;
}

export interface Wanted {
  /** Where answers are written. */
  csv?: string;
  json?: boolean;
}

/** @throws FailureError bad-setting, and what a table is refused for */
export async function askTable({ program, ...model }: ModelQuestion, [file, ...more]: readonly string[], wanted: Wanted): Promise<number> {
  if (more.length > 0) throw bad('A model of a table is asked about one table at a time.');
  if (wanted.csv === file) throw bad('That is the table itself. Choose another name, so that nothing is lost.');
  const command: TrainerCommand = { kind: 'predict-file', ...model, file, out: wanted.csv };
  const answered = await startJob<TrainerCommand, TrainerMessage, FilePrediction>(
    forkProgram(program),
    command,
    (message) => (message.kind === 'file-prediction' ? { result: message.prediction } : undefined),
    died,
  ).result;
  if (wanted.json) {
    const { target, rows, notes, score } = answered;
    console.log(JSON.stringify({ kind: 'table', target, rows, notes, score }));
    return 0;
  }
  console.log(`${answered.rows.toLocaleString('en')} rows answered, ${answered.target}. ${scoreSentence(answered, percent)}`);
  for (const note of answered.notes) console.log(note);
  if (wanted.csv !== undefined) console.error(`Written: ${wanted.csv}`);
  return 0;
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
