// npm run bench: ours beside PyTorch in one run. Everything it needs was set up by scripts/bench.mjs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computesBestAlone } from '#engine/work';
import { contestants, type Programs } from './contestants';
import { machineSentence } from './machine';
import { playMatch } from './match';
import { SETTINGS, type NetworkName } from './networks';
import { BATCH, BENCH_HELP, FEWEST_ROUNDS, readOptions, type Options } from './options';
import { report } from './report';
import { networkOf, writeTaskFiles } from './task-files';

const CLASSES = 10;
const RATE = 0.01;

async function play(network: NetworkName, micro: number, programs: Programs, { field, rounds, patience, only }: Options): Promise<void> {
  const { turn, ...shape } = SETTINGS[network];
  const folder = await mkdtemp(join(tmpdir(), 'overbatch-bench-'));
  const title = `${network}, ${shape.size} × ${shape.size} × ${shape.channels}, N_B ${BATCH}, N_μ ${micro}`;
  const smoke = rounds < FEWEST_ROUNDS ? ' (a smoke run, no figure)' : '';
  try {
    const task = await writeTaskFiles({ network, ...shape, classes: CLASSES, batch: BATCH, micro, rate: RATE }, folder);
    const alone = computesBestAlone(networkOf(task), micro, field.threads);
    const taking = contestants(programs, field, alone).filter(
      ({ label }) => only.length === 0 || only.some((part) => label.includes(part)),
    );
    const onProgress = (text: string) => process.stderr.write(`${title}: ${text}\n`);
    const match = await playMatch(taking, task, { rounds, turn, patience, folder, onProgress });
    console.log(report(`${title}, ${rounds} rounds of ${turn}${smoke}`, match, field.threads, alone));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(BENCH_HELP);
  const programs = JSON.parse(process.env.OVERBATCH_BENCH_PROGRAMS ?? '') as Programs;
  console.log(`\n## ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}\n`);
  for (const network of options.networks) for (const micro of options.micros) await play(network, micro, programs, options);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
