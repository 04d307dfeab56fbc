// `plan`: what a run would need and how its batch would be cut, said before it is started; the same as the window's plan page says.
import { readManifest } from '#datasets/manifest';
import { died } from '#shared/child';
import { sortOf } from '#shared/data-sort';
import { FailureError, failureSentence, toFailure } from '#shared/failure';
import { fits, type PlannedRun, type RunForecast, type WholeAndPieces } from '#shared/forecast';
import { HostedForecast } from '#shared/hosted-forecast';
import { HostedPlan, type Planned } from '#shared/hosted-plan';
import { startJob, type Job, type Reading } from '#shared/job';
import type { Plan } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';
import { makeThrownAway, removeThrownAway } from '#trainer/thrown-away';
import { chosenSpec } from './chosen-spec';
import { chosenStart } from './chosen-start';
import { forkProgram } from './fork-program';
import { TRAINER_PROGRAM } from './host';
import { endedByInterrupt } from './interrupted';
import { checkLines, forecastLines, planLines } from './plan-report';
import { prepareData } from './prepare-data';
import { parseTrainOptions, type TrainOptions } from './train-options';

export const PLAN_HELP = `npm run plan -- --data FOLDER|TABLE.csv|sample:NAME [options]

  --measure   also make the real plan, as a run does at its start: a few small micro-batches are computed and the chosen size is tried
  --check     also work a few samples whole and in pieces, and compare what they ask for
  --json      print one JSON object

All other options are those of the run: npm run train -- --help.`;

const OWN = ['--measure', '--check'];
/** Of a run that is really made. */
const NOT_HERE = ['--resume', '--out', '--history', '--models'];

/** What is known, also where a later part of it fails. */
export interface PlanAnswer {
  spec: RunSpec;
  /** Absent where it was measured all the same; `unforeseen` says why there is none. */
  forecast?: RunForecast;
  unforeseen?: string;
  plan?: Plan;
  /** Micro-batches of so many were the end of a process while the plan was made. */
  diedAt?: number;
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
  const run = { ...options, data: options.data, measures: args.includes('--measure'), checks: args.includes('--check') };
  return endedByInterrupt((signal) => planFor(run, signal));
}

type Wanted = TrainOptions & { data: string; measures: boolean; checks: boolean };

async function planFor(options: Wanted, signal: AbortSignal): Promise<number> {
  const folder = makeThrownAway('plan');
  const say = (lines: string[]): void => void (options.json || console.log(lines.join('\n')));
  let known: PlanAnswer | undefined;
  try {
    const run = await plannedRun(options, folder, signal);
    let unforeseen: string | undefined;
    // What measuring fails of, too, it says itself.
    const said = await forecast(run, signal).catch((error: unknown) => {
      if (!options.measures || signal.aborted) throw error;
      unforeseen = failureSentence(toFailure(error));
      return undefined;
    });
    known = { spec: run.spec, ...(said ? { forecast: said } : { unforeseen }) };
    if (said) say(forecastLines(said));
    if (options.measures) {
      const { plan, diedAt } = await measure(run, signal);
      if (unforeseen) say([`There is no forecast: ${unforeseen}`]);
      Object.assign(known, { plan, diedAt });
      say(planLines(plan, diedAt));
    }
    if (options.checks) {
      known.check = await check(run, signal);
      say(checkLines(known.check));
    }
    if (options.json) console.log(JSON.stringify({ kind: 'plan', ...known }));
    return known.plan || (said && fits(said.asked)) ? 0 : 1;
  } catch (error) {
    if (options.json && known) console.log(JSON.stringify({ kind: 'plan', ...known, failure: toFailure(error) }));
    throw error;
  } finally {
    removeThrownAway(folder);
  }
}

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @param folder what is not packed is packed there */
async function plannedRun(options: Wanted, folder: string, signal: AbortSignal): Promise<PlannedRun> {
  const start = chosenStart(options.said);
  const say = (sentence: string): void => console.error(sentence);
  const datasetFolder = await prepareData(options.data, folder, { say, signal, reading: options.reading });
  const spec = chosenSpec({ ...options, said: { ...options.said, ...start.said } }, sortOf(await readManifest(datasetFolder)));
  return { spec, datasetFolder, ...start.request };
}

/** Ends what is going on when the signal comes. */
async function until<T>(signal: AbortSignal, begun: { result: Promise<T>; cancel(): void }): Promise<T> {
  const cancel = (): void => begun.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await begun.result;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function forecast(run: PlannedRun, signal: AbortSignal): Promise<RunForecast> {
  const host = new HostedForecast(() => forkProgram<TrainerCommand, TrainerMessage>(TRAINER_PROGRAM));
  try {
    const ask = (): Promise<RunForecast> => until(signal, { result: host.ask(run), cancel: () => host.close() });
    const first = await ask();
    return first.timeFollows || first.detailFollows ? await ask() : first;
  } finally {
    host.close();
  }
}

function measure(run: PlannedRun, signal: AbortSignal): Promise<Planned> {
  const hosted = new HostedPlan(inProcess);
  return until(signal, { result: hosted.run({ kind: 'plan', ...run }), cancel: () => hosted.cancel() });
}

const check = (run: PlannedRun, signal: AbortSignal): Promise<WholeAndPieces> =>
  until(
    signal,
    inProcess<WholeAndPieces>({ kind: 'check-pieces', ...run }, (message) =>
      message.kind === 'pieces-checked' ? { result: message.check } : undefined,
    ),
  );

const inProcess = <Result>(command: TrainerCommand, read: Reading<TrainerMessage, Result>): Job<TrainerCommand, Result> =>
  startJob<TrainerCommand, TrainerMessage, Result>(forkProgram(TRAINER_PROGRAM), command, read, died);
