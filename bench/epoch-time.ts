// What a plan says an epoch will take beside what epochs of a real run take, of the shipped samples. npm run bench -- epoch-time [ENGINE] [SAMPLE]
// A process for each: with how many threads TensorFlow computes is settled when it is loaded.
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
import type { RunSpec } from '#shared/run-spec';
import { executePlan, executeRun } from '#trainer/execute-run';
import { machineSentence } from './machine';
import { spread } from './statistics';

interface Case extends Partial<RunSpec> {
  sample: SampleName;
}

const CASES: Case[] = [
  { sample: 'digits' },
  { sample: 'digits', micro: 32 },
  { sample: 'digits', model: 'resnet-8', batch: 128, micro: 32 },
  { sample: 'digits', augment: { rotate: 15 } },
  { sample: 'shapes', epochs: 4 },
  { sample: 'shapes', model: 'u-net-light', augment: { flip: 0.5 }, epochs: 6 },
  { sample: 'penguins' },
  { sample: 'penguins', batch: 16, micro: 4 },
  { sample: 'diabetes' },
];

const EPOCHS = 12;

async function read(engine: EngineChoice, { sample, ...settings }: Case, scratch: string): Promise<string> {
  const datasetFolder = join(scratch, 'version');
  const source = locateData(`sample:${sample}`);
  const { suggested } = await checkSource(source);
  await importSource(source, suggested, datasetFolder);
  const sort = sortOf(await readManifest(datasetFolder));
  const usual = defaultSpec(sort, { model: settings.model });
  const spec: RunSpec = { ...usual, epochs: EPOCHS, patience: undefined, ...settings, engine };
  const said: number[] = [(await executePlan({ spec, datasetFolder })).plan.secondsPerEpoch];
  const marks = [0];
  let plan = 0;
  for await (const event of executeRun({ spec, datasetFolder, outFolder: join(scratch, 'run') }, new AbortController().signal)) {
    if (event.kind === 'planned') said.push(event.plan.secondsPerEpoch);
    if (event.kind === 'planned' && process.env.PACE)
      console.log(JSON.stringify(event.plan.pace), JSON.stringify(event.plan.measured), event.plan.pieces.join());
    if (event.kind === 'planned') plan = event.plan.micro;
    if (event.kind === 'epoch') marks.push(event.seconds);
  }
  const epochs = marks.slice(1).map((mark, i) => mark - marks[i]);
  const real = spread(epochs).median;
  const ms = (seconds: number): string => (1000 * seconds).toFixed(1);
  const cells = [`${sample}, ${spec.model}, N_B ${spec.batch}, N_μ ${plan}`, ms(epochs[0]), ms(real)];
  return `| ${[...cells, ...said.flatMap((one) => [ms(one), (one / real).toFixed(3)])].join(' | ')} |`;
}

async function main([engine = 'tensorflow-cpu', sample, place]: string[]): Promise<void> {
  if (place !== undefined) {
    const scratch = mkdtempSync(join(tmpdir(), 'overbatch-bench-'));
    try {
      console.log(await read(engine as EngineChoice, CASES[Number(place)], scratch));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    return;
  }
  console.log(`\n## Time of an epoch, ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}, ${engine}\n`);
  console.log('| run | first epoch, ms | median, ms | planned | ÷ real | planned at its start | ÷ real |\n|---|---|---|---|---|---|---|');
  for (const [i, one] of CASES.entries()) {
    if (sample !== undefined && sample !== one.sample) continue;
    spawnSync(process.execPath, [process.argv[1], engine, one.sample, String(i)], { stdio: ['ignore', 'inherit', 'ignore'] });
  }
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
