// npm run bench -- defaults: what the shipped samples come to with the usual settings of each model, three seeds each; `--settings JSON` tries others.
// What default-spec.ts says was chosen by this.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { locateData } from '#cli/locate-data';
import { readManifest } from '#datasets/manifest';
import { checkSource, importSource } from '#datasets/source';
import { sortOf } from '#shared/data-sort';
import { SAMPLE_NAMES, type SampleName } from '#shared/dataset';
import { defaultSpec } from '#shared/default-spec';
import { MODEL_CARDS } from '#shared/model-cards';
import { modelsFor } from '#shared/model-fit';
import type { RunEvent } from '#shared/run-event';
import { OWN_MODEL, type ModelName, type RunSpec } from '#shared/run-spec';
import { executeRun } from '#trainer/execute-run';
import { machineSentence } from './machine';

const SEEDS = [1, 2, 3];

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: [...SAMPLE_NAMES] },
    model: { type: 'string', multiple: true, default: [] },
    settings: { type: 'string', default: '{}' },
    seeds: { type: 'string', default: SEEDS.join() },
  },
});
const settings = JSON.parse(options.settings) as Partial<RunSpec>;
const seeds = options.seeds.split(',').map(Number);

async function packed(name: SampleName, into: string): Promise<string> {
  const source = locateData(`sample:${name}`);
  const { suggested } = await checkSource(source);
  await importSource(source, suggested, into);
  return into;
}

interface Result {
  score: number;
  epochs: number;
  seconds: number;
}

async function result(spec: RunSpec, datasetFolder: string, outFolder: string): Promise<Result> {
  let last: RunEvent | undefined;
  let epochs = 0;
  for await (last of executeRun({ spec, datasetFolder, outFolder }, new AbortController().signal))
    if (last.kind === 'epoch') epochs = last.epoch;
  if (last?.kind !== 'finished') throw new Error(`The run ended with ${last?.kind}.`);
  const { accuracy, scores = {} } = last.validation!;
  const score = scores['R²'] ?? scores.IoU;
  return { score: score?.value ?? accuracy, epochs, seconds: last.seconds };
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

async function row(name: SampleName, model: ModelName, datasetFolder: string, scratch: string): Promise<string> {
  const manifest = await readManifest(datasetFolder);
  const sort = sortOf(manifest);
  const { smallestSide = 1 } = MODEL_CARDS[model];
  const isSmall = manifest.kind !== 'table' && Math.min(manifest.width, manifest.height) < smallestSide;
  const size = isSmall ? { inputSize: Math.max(32, smallestSide) } : {};
  const usual = { ...defaultSpec(sort, { model, ...settings }), ...size };
  const results: Result[] = [];
  for (const seed of seeds) results.push(await result({ ...usual, ...settings, seed }, datasetFolder, join(scratch, `${name}-${model}`)));
  const scores = results.map(({ score }) => score);
  const { batch, epochs, optimizer, learningRate, schedule = 'constant', patience = '–' } = { ...usual, ...settings };
  const told = [batch, epochs, optimizer, learningRate, schedule, patience].join(', ');
  const done = results.map((one) => one.epochs).join(', ');
  return `| ${name}${isSmall ? `, ${size.inputSize} px` : ''} | ${model} | ${told} | ${done} | ${scores.map((score) => score.toFixed(4)).join(', ')} | ${mean(scores).toFixed(4)} | ${mean(results.map(({ seconds }) => seconds)).toFixed(1)} |`;
}

async function main(): Promise<void> {
  console.log(`${machineSentence()}\n`);
  console.log('| data | model | batch, epochs, optimizer, rate, schedule, patience | epochs done | validation | mean | s |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  const scratch = mkdtempSync(join(tmpdir(), 'overbatch-defaults-'));
  try {
    for (const name of options.data as SampleName[]) {
      const folder = await packed(name, join(scratch, name));
      const models = modelsFor(sortOf(await readManifest(folder))).filter((model) => model !== OWN_MODEL);
      const wanted = options.model.length > 0 ? models.filter((model) => options.model.includes(model)) : models;
      for (const model of wanted) console.log(await row(name, model, folder, scratch));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main();
