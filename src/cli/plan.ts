// `plan`: what a run would need and how its batch would be cut, said before it is started; the same as the window's plan page says.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '#datasets/manifest';
import { died } from '#shared/child';
import { sortOf } from '#shared/data-sort';
import { FailureError } from '#shared/failure';
import type { PlannedRun, RunForecast, WholeAndPieces } from '#shared/forecast';
import { HostedForecast } from '#shared/hosted-forecast';
import { HostedPlan } from '#shared/hosted-plan';
import { startJob, type Job, type Reading } from '#shared/job';
import type { Plan } from '#shared/plan';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { chosenSpec } from './chosen-spec';
import { chosenStart } from './chosen-start';
import { forkProgram } from './fork-program';
import { TRAINER_PROGRAM } from './host';
import { checkLines, forecastLines, planLines } from './plan-report';
import { prepareData } from './prepare-data';
import { parseTrainOptions, type TrainOptions } from './train-options';

export const PLAN_HELP = `npm run plan -- --data FOLDER|TABLE.csv|sample:NAME [options]

  --measure   also make the real plan, as a run does at its start: a few small micro-batches are computed and the chosen size is tried
  --check     also make one update whole and one in pieces on a few samples, and compare them
  --json      print one JSON object

All other options are those of the run: npm run train -- --help.`;

const OWN = ['--measure', '--check'];
/** Of a run that is really made. */
const NOT_HERE = ['--resume', '--out', '--history', '--models'];

export interface PlanAnswer {
  forecast: RunForecast;
  plan?: Plan;
  check?: WholeAndPieces;
}

export async function planCommand(args: string[]): Promise<number> {
  const refused = args.find((arg) => NOT_HERE.includes(arg.split('=')[0]));
  if (refused) throw bad(`${refused} is for training. A plan says what a new run would need and writes nothing. Leave it out.`);
  const options = parseTrainOptions(args.filter((arg) => !OWN.includes(arg)));
  if (options.help) {
    console.log(PLAN_HELP);
    return 0;
  }
  if (options.data === undefined) throw bad('Say which data to plan for: --data FOLDER, or --data sample:digits to try.');
  const folder = mkdtempSync(join(tmpdir(), 'overbatch-plan-'));
  try {
    const run = await plannedRun({ ...options, data: options.data }, folder);
    const say = (lines: string[]): void => void (options.json || console.log(lines.join('\n')));
    const answer: PlanAnswer = { forecast: await forecast(run) };
    say(forecastLines(answer.forecast));
    if (args.includes('--measure')) {
      answer.plan = (await new HostedPlan(inProcess).run({ kind: 'plan', ...run })).plan;
      say(planLines(answer.plan));
    }
    if (args.includes('--check')) {
      answer.check = await inProcess<WholeAndPieces>({ kind: 'check-pieces', ...run }, (message) =>
        message.kind === 'pieces-checked' ? { result: message.check } : undefined,
      ).result;
      say(checkLines(answer.check));
    }
    if (options.json) console.log(JSON.stringify({ kind: 'plan', spec: run.spec, ...answer }));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @param folder what is not packed is packed there */
async function plannedRun(options: TrainOptions & { data: string }, folder: string): Promise<PlannedRun> {
  const start = chosenStart(options.said);
  const say = (sentence: string): void => console.error(sentence);
  const datasetFolder = await prepareData(options.data, folder, { say, signal: new AbortController().signal, reading: options.reading });
  const spec = chosenSpec({ ...options, said: { ...options.said, ...start.said } }, sortOf(await readManifest(datasetFolder)));
  return { spec, datasetFolder, ...start.request };
}

async function forecast(run: PlannedRun): Promise<RunForecast> {
  const host = new HostedForecast(() => forkProgram<TrainerCommand, TrainerMessage>(TRAINER_PROGRAM));
  try {
    const first = await host.ask(run);
    return first.timeFollows ? await host.ask(run) : first;
  } finally {
    host.close();
  }
}

const inProcess = <Result>(command: TrainerCommand, read: Reading<TrainerMessage, Result>): Job<TrainerCommand, Result> =>
  startJob<TrainerCommand, TrainerMessage, Result>(forkProgram(TRAINER_PROGRAM), command, read, died);
