// npm run bench: ours beside PyTorch in one run. Everything it needs was set up by scripts/bench.mjs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MODEL_NAMES, type ModelName } from '#shared/run-spec';
import { contestants, type Programs } from './contestants';
import { machineSentence } from './machine';
import { playMatch } from './match';
import { report } from './report';
import { writeTaskFiles } from './task-files';

/** N_B of every match. */
const BATCH = 256;
/** The sample's small CNN on its 8 × 8 grey digits, and ResNet-18 on small photos. A turn is long enough to be timed. */
const SETTINGS: Record<ModelName, { size: number; channels: number; turn: number }> = {
  'small-cnn': { size: 8, channels: 1, turn: 30 },
  'resnet-18': { size: 96, channels: 3, turn: 1 },
};
const CLASSES = 10;
const RATE = 0.01;
const FEWEST_ROUNDS = 7;

interface Options {
  networks: ModelName[];
  micros: number[];
  rounds: number;
  patience: number;
  /** Parts of labels; all contestants where empty. */
  only: string[];
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      micro: { type: 'string', multiple: true, default: ['16', '32'] },
      rounds: { type: 'string', default: '9' },
      patience: { type: 'string', default: '100' },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const unknown = positionals.find((name) => !MODEL_NAMES.some((known) => known === name));
  if (unknown) throw new Error(`There is no network "${unknown}". Name any of ${MODEL_NAMES.join(', ')}.`);
  const micros = values.micro.map(Number);
  if (micros.some((n) => !Number.isInteger(n) || n < 1 || BATCH % n !== 0)) throw new Error(`--micro must divide ${BATCH}.`);
  const rounds = Number(values.rounds);
  if (!(rounds >= FEWEST_ROUNDS)) throw new Error(`--rounds must be ${FEWEST_ROUNDS} or more: fewer say nothing about the spread.`);
  const networks = positionals.length > 0 ? (positionals as ModelName[]) : [...MODEL_NAMES];
  return { networks, micros, rounds, patience: Number(values.patience), only: values.only };
}

async function play(network: ModelName, micro: number, programs: Programs, { rounds, patience, only }: Options): Promise<void> {
  const { turn, ...shape } = SETTINGS[network];
  const folder = await mkdtemp(join(tmpdir(), 'overbatch-bench-'));
  const title = `${network}, ${shape.size} × ${shape.size} × ${shape.channels}, N_B ${BATCH}, N_μ ${micro}`;
  try {
    const task = await writeTaskFiles({ network, ...shape, classes: CLASSES, batch: BATCH, micro, rate: RATE }, folder);
    const taking = contestants(programs).filter(({ label }) => only.length === 0 || only.some((part) => label.includes(part)));
    const onProgress = (text: string) => process.stderr.write(`${title}: ${text}\n`);
    const match = await playMatch(taking, task, { rounds, turn, patience, folder, onProgress });
    console.log(report(`${title}, ${rounds} rounds of ${turn}`, match));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const programs = JSON.parse(process.env.OVERBATCH_BENCH_PROGRAMS ?? '') as Programs;
  console.log(`\n## ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}\n`);
  for (const network of options.networks) for (const micro of options.micros) await play(network, micro, programs, options);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
