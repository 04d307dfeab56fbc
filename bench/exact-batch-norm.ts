// What exact BatchNorm costs, in time and in memory, beside pieces normalized by themselves and the whole batch in one piece.
// npm run bench -- exact [--engine NAME] [--batch N] [--micro N] [--rounds N]
import { parseArgs } from 'node:util';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import { exactBatchNorm, type ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { chooseKept, forwardWork } from '#engine/exact-batch-norm/keep';
import { trainMiniBatch, type Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { resnet18 } from '#engine/models/resnet-18';
import type { Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import { createOptimizer } from '#engine/optimizers';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import type { Runtime } from '#engine/runtime';
import { blankSamples, uploadSamples } from '#engine/training-data';
import type { EngineName } from '#shared/engine';
import { loadEngine } from '#trainer/backend';
import { machineSentence } from './machine';
import { spread } from './statistics';

const SIZE = 96;
const MIB = 2 ** 20;

interface Contestant {
  name: string;
  pieces: number[];
  exact?: ExactBatchNorm;
}

const contestants = (network: Network, batch: number, micro: number): Contestant[] => {
  const pieces = equalPieces(batch, micro);
  const all = exactBatchNorm(network);
  const share = (part: number) => chooseKept(network, CLASSES, part * all.parkedBytesPerSample);
  return [
    { name: 'per micro-batch (not identical)', pieces },
    { name: 'whole batch in one piece', pieces: [batch] },
    { name: 'exact, everything parked', pieces, exact: all },
    { name: 'exact, half of that', pieces, exact: share(0.5) },
    { name: 'exact, as little as can be', pieces, exact: share(0) },
  ];
};

interface Row extends Contestant {
  bench: Workbench;
  milliseconds: number[];
}

function rowOf(runtime: Runtime, network: Network, contestant: Contestant): Row {
  const optimizer = createOptimizer('momentum');
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, initialWeights(network, 1)),
    programs: new Programs(runtime, network, optimizer),
    exact: contestant.exact,
  };
  return { ...contestant, bench, milliseconds: [] };
}

const step = ({ bench, pieces }: Row): Promise<unknown> =>
  trainMiniBatch(bench, pieces, 1e-3, (_start, n) =>
    uploadSamples(blankSamples(n, [SIZE, SIZE, 3], [{ shape: [], dtype: 'int32' }]), [SIZE, SIZE, 3]),
  );

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: 'tensorflow-cpu' },
      batch: { type: 'string', default: '64' },
      micro: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '7' },
    },
  });
  const [batch, micro, rounds] = [values.batch, values.micro, values.rounds].map(Number);
  const runtime = await loadEngine(values.engine as EngineName);
  const network = resnet18([SIZE, SIZE, 3], 10);
  const rows: Row[] = [];
  const memory: { device: number; parked: number }[] = [];
  for (const contestant of contestants(network, batch, micro)) {
    const row = rowOf(runtime, network, contestant);
    rows.push(row);
    await step(row); // An engine's first call of a function does more than the later ones.
    row.bench.meter.resetPeak();
    await step(row);
    memory.push({ device: row.bench.meter.devicePeakBytes, parked: row.bench.meter.parkedPeakBytes });
  }
  for (let round = 0; round < rounds; round++)
    for (const row of rows) {
      const begin = performance.now();
      await step(row);
      row.milliseconds.push(performance.now() - begin);
    }
  console.log(`\n## Exact BatchNorm, ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}\n`);
  console.log(`ResNet-18, ${SIZE} px, N_B ${batch}, N_μ ${micro}, ${values.engine}; medians of ${rounds} alternating rounds.\n`);
  console.log('| | step, ms | ÷ per micro-batch (quartiles) | forward work | engine peak | parked peak |\n|---|---|---|---|---|---|');
  const onePass = forwardWork(rows[2].exact!) / 2;
  for (const [i, { name, exact, milliseconds, bench }] of rows.entries()) {
    const ratios = spread(milliseconds.map((ms, round) => ms / rows[0].milliseconds[round]));
    const cells = [
      name,
      spread(milliseconds).median.toFixed(0),
      `${ratios.median.toFixed(2)} (${ratios.quartiles.map((q) => q.toFixed(2)).join('–')})`,
      `${(exact ? forwardWork(exact) / onePass : 1).toFixed(2)} ×`,
      `${(memory[i].device / MIB).toFixed(0)} MiB`,
      `${(memory[i].parked / MIB).toFixed(0)} MiB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
    disposeLearner(bench.learner);
    bench.programs.dispose();
  }
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
