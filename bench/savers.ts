// What each memory saver saves on named networks, in bytes the engine counts: the same in every run. npm run bench -- savers [ENGINE [ROUNDS]]
// With rounds, also the time of a step, the savers taking turns.
import { weightCount, type Network } from '#engine/network';
import { resnet18 } from '#engine/models/resnet-18';
import type { Runtime } from '#engine/runtime';
import { usableSavers, withSavers } from '#engine/savers/saver-plan';
import { feedForwardNet, gradientError, readStep, type StepReading } from '#test/support/saver-readings';
import { ENGINE_NAMES, type EngineName } from '#shared/engine';
import { SAVER_NAMES, type SaverName } from '#shared/run-spec';
import { loadEngine } from '#trainer/backend';
import { spread } from './statistics';

const NETWORKS = [
  { name: 'ResNet-18, 96 px', micro: 32, build: () => resnet18([96, 96, 3], 10) },
  {
    name: 'feed-forward halves of 12 ViT-Ti blocks (192 wide, 14 × 14 tokens of 16 px)',
    micro: 16,
    build: () => feedForwardNet(14, 12, 192, 16),
  },
];

/** Every choice of savers, none first. */
const CHOICES: SaverName[][] = Array.from({ length: 2 ** SAVER_NAMES.length }, (_, bits) =>
  SAVER_NAMES.filter((_name, i) => bits & (1 << i)),
);

const MIB = 2 ** 20;

interface Row {
  names: readonly SaverName[];
  network: Network;
  reading: StepReading;
  milliseconds: number[];
}

async function measure(runtime: Runtime, build: () => Network, micro: number, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const names of CHOICES) {
    const network = withSavers(build(), names);
    rows.push({ names, network, reading: await readStep(runtime, network, [micro]), milliseconds: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) row.milliseconds.push((await readStep(runtime, row.network, [micro])).milliseconds);
  }
  return rows;
}

function print(title: string, rows: Row[], micro: number): void {
  const [{ network, reading: plain }] = rows;
  // Two gradient sums, before and after, and the pictures are there whatever is saved.
  const input = network.inputShape.reduce((a, b) => a * b, 1);
  const fixed = 4 * (2 * weightCount(network) + micro * input);
  const activations = ({ peakBytes }: StepReading): number => peakBytes - fixed;
  console.log(`\n### ${title}, N_μ ${micro}; the net can use ${usableSavers(network).join(', ')}\n`);
  console.log(
    '| savers | peak, MiB | activations, MiB | of those without | gradient | segments | step, ms |\n|---|---|---|---|---|---|---|',
  );
  for (const { names, network: saving, reading, milliseconds } of rows) {
    const error = gradientError(network, reading.carry, plain.carry);
    const cells = [
      names.join(' + ') || 'none',
      (reading.peakBytes / MIB).toFixed(1),
      (activations(reading) / MIB).toFixed(1),
      `${Math.round((100 * activations(reading)) / activations(plain))} %`,
      error === 0 ? 'same bits' : `${(100 * error).toPrecision(2)} % off`,
      `${(saving.savers?.cuts.length ?? 0) + 1}`,
      milliseconds.length > 0 ? spread(milliseconds).median.toFixed(0) : '–',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

async function main([engine = 'tensorflow-cpu', rounds = '0']: string[]): Promise<void> {
  if (!ENGINE_NAMES.includes(engine as EngineName)) throw new Error(`The engine must be one of: ${ENGINE_NAMES.join(', ')}.`);
  const runtime = await loadEngine(engine as EngineName);
  for (const { name, micro, build } of NETWORKS) print(`${name}, ${engine}`, await measure(runtime, build, micro, Number(rounds)), micro);
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
