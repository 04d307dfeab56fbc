// What a forecast and a plan say an epoch will take beside what epochs of a real run take, of the shipped samples. npm run bench -- epoch-time [ENGINE] [SAMPLE] [ROUNDS]
// As in the app, the plan is made by a process of its own, and so is the run. Plans and runs alternate; how far two runs of the same are apart stands beside.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateData } from '#cli/locate-data';
import { readManifest } from '#datasets/manifest';
import { checkSource, importSource } from '#datasets/source';
import { sortOf } from '#shared/data-sort';
import type { SampleName } from '#shared/dataset';
import { defaultSpec } from '#shared/default-spec';
import type { EngineChoice } from '#shared/engine';
import { fits, type PlannedRun } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { executePlan, executeRun } from '#trainer/execute-run';
import { ForecastServer } from '#trainer/planning/serve';
import { machineSentence } from './machine';
import { ratios, spread } from './statistics';

interface Case extends Partial<RunSpec> {
  sample: SampleName;
}

/** As long as usual, but for what would take minutes. */
const CASES: Case[] = [
  { sample: 'digits' },
  { sample: 'digits', micro: 32 },
  { sample: 'digits', model: 'resnet-8', batch: 128, micro: 32, epochs: 6 },
  { sample: 'digits', augment: { rotate: 15 } },
  { sample: 'shapes', epochs: 2 },
  { sample: 'shapes', model: 'u-net-light', augment: { flip: 0.5 }, epochs: 3 },
  { sample: 'penguins' },
  { sample: 'penguins', batch: 16, micro: 4 },
  { sample: 'diabetes' },
];

/** The shorter an epoch, the more two of them differ. */
const ROUNDS: Record<SampleName, number> = { digits: 3, shapes: 1, penguins: 5, diabetes: 5 };

const PARTS = ['forecast', 'plan', 'run'] as const;
type Part = (typeof PARTS)[number];

/** Seconds an epoch, as expected before anything was measured, as planned, or as they were. */
async function seconds(part: Part, engine: EngineChoice, { sample, ...settings }: Case): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'overbatch-bench-'));
  try {
    const datasetFolder = join(scratch, 'version');
    const source = locateData(`sample:${sample}`);
    const { suggested } = await checkSource(source);
    await importSource(source, suggested, datasetFolder);
    const usual = defaultSpec(sortOf(await readManifest(datasetFolder)), { model: settings.model });
    const spec: RunSpec = { ...usual, patience: undefined, ...settings, engine };
    if (part === 'plan') return (await executePlan({ spec, datasetFolder })).plan.secondsPerEpoch;
    if (part === 'forecast') return await expected({ spec, datasetFolder });
    let took = NaN;
    for await (const event of executeRun({ spec, datasetFolder, outFolder: join(scratch, 'run') }, new AbortController().signal))
      if (event.kind === 'epoch') took = event.seconds / event.epoch;
    return took;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Asked twice: the second answer has had a look at how fast this computer is. */
async function expected(asked: PlannedRun): Promise<number> {
  let seconds = NaN;
  const server = new ForecastServer((message) => {
    if (message.kind === 'forecast' && fits(message.forecast.asked)) seconds = message.forecast.asked.secondsPerEpoch ?? NaN;
  });
  for (const question of [1, 2]) await server.ask({ kind: 'forecast', question, asked });
  return seconds;
}

function inProcess(part: Part, engine: string, place: number): number {
  const { stdout, stderr, status } = spawnSync(process.execPath, [process.argv[1], engine, part, String(place)], { encoding: 'utf8' });
  const seconds = Number(stdout.trim().split('\n').at(-1));
  if (status !== 0 || !(seconds > 0 && seconds < Infinity)) throw new Error(`${CASES[place].sample}, ${part}: ${stderr || stdout}`);
  return seconds;
}

function rowOf(engine: string, place: number, rounds: number): string {
  const { sample, model, batch, micro, augment } = CASES[place];
  const asked = [sample, model, batch && `N_B ${batch}`, micro && `N_μ ${micro}`, augment && 'varied'].filter(Boolean).join(', ');
  const before = inProcess('forecast', engine, place);
  const [planned, real]: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    planned.push(inProcess('plan', engine, place));
    real.push(inProcess('run', engine, place));
  }
  const took = spread(real).median;
  const said = spread(ratios(planned, real));
  const range =
    rounds > 1
      ? [said, spread(ratios(real.slice(1), real))].map(({ lowest, highest }) => `${digits(lowest)}–${digits(highest)}`)
      : ['', ''];
  return `| ${[asked, (1000 * took).toFixed(1), digits(before / took), digits(said.median), ...range].join(' | ')} |`;
}

const digits = (ratio: number): string => ratio.toFixed(2);

async function main([engine = 'tensorflow-cpu', what, count]: string[]): Promise<void> {
  const part = PARTS.find((one) => one === what);
  if (part) return console.log(await seconds(part, engine as EngineChoice, CASES[Number(count)]));
  console.log(`\n## Time of an epoch, ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}, ${engine}\n`);
  console.log('| run | real, ms | expected ÷ real | planned ÷ real | of all rounds | a run ÷ the one before |\n|---|---|---|---|---|---|');
  for (const [i, { sample }] of CASES.entries())
    if (what === undefined || what === sample) console.log(rowOf(engine, i, Number(count ?? ROUNDS[sample])));
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
