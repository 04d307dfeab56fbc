// npm run bench -- mbp: what MBP itself costs, in time and in memory. Each part has a process of its own.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { EngineName } from '#shared/engine';
import { loadEngine } from '#trainer/backend';
import { machineSentence } from '../machine';
import { buildNetwork, SETTINGS, type NetworkName } from '../networks';
import { spread } from '../statistics';
import { peaks } from './flat-peak';
import { longRun } from './long-run';
import { trainOverBudget } from './over-budget';
import { ownCost } from './own-cost';

const PARTS = ['cost', 'peak', 'budget', 'long'] as const;
type Part = (typeof PARTS)[number];
const CLASSES = 10;
const BATCH = 1024;
const BATCHES = [32, 256, BATCH];
const MICRO = 8;
/** N_μ of the costs: as a person's plan would have it. */
const COSTS: [NetworkName, number][] = [
  ['small-cnn', 32],
  ['lenet', 32],
  ['mlp', 32],
  ['resnet-8', 32],
  ['resnet-18', 16],
];
const PEAKS: NetworkName[] = ['small-cnn', 'resnet-8', 'resnet-18'];
const BUDGETS: NetworkName[] = ['lenet', 'resnet-8', 'resnet-18'];
const STEPS = 10_000;

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
const networkOf = (name: NetworkName) => buildNetwork(name, [SETTINGS[name].size, SETTINGS[name].size, SETTINGS[name].channels], CLASSES);
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

interface Options {
  engine: EngineName;
  rounds: number;
  /** Whether a network is among those that were named; all are where none was. */
  takes(name: NetworkName): boolean;
}

async function measure(part: Part, { engine, rounds, takes }: Options): Promise<string> {
  const runtime = await loadEngine(engine);
  switch (part) {
    case 'cost': {
      const rows: string[][] = [];
      for (const [name, micro] of COSTS.filter(([named]) => takes(named))) {
        const { step, plain, ratio } = await ownCost(runtime, networkOf(name), { batch: BATCH, micro, rounds });
        const [first, third] = ratio.quartiles;
        const milliseconds = (values: number[]) => spread(values).median.toFixed(1);
        const range = `${first.toFixed(3)}–${third.toFixed(3)}, ${ratio.lowest.toFixed(3)}–${ratio.highest.toFixed(3)}`;
        rows.push([name, String(micro), milliseconds(step), milliseconds(plain), `**${ratio.median.toFixed(3)}**`, range]);
      }
      const head = ['network', 'N_μ', `step of ${BATCH}, ms`, 'plain forwards and backwards, ms', 'ratio (≤ 1.03)', 'quartiles, all'];
      return `Own cost, medians of ${rounds} alternating rounds\n\n${table(head, rows)}`;
    }
    case 'peak': {
      const rows: string[][] = [];
      for (const name of PEAKS.filter(takes)) {
        const found = await peaks(runtime, networkOf(name), BATCHES, MICRO);
        rows.push([name, ...found.map(mebibytes), `**${(100 * (Math.max(...found) / Math.min(...found) - 1)).toFixed(2)} %**`]);
      }
      return `Peak bytes with N_μ ${MICRO}\n\n${table(['network', ...BATCHES.map((batch) => `N_B ${batch}`), 'apart (≤ 2 %)'], rows)}`;
    }
    case 'budget': {
      const rows: string[][] = [];
      for (const name of BUDGETS.filter(takes)) {
        const { budgetBytes, peakBytes, plan, losses } = await trainOverBudget(runtime, networkOf(name), {
          whole: MICRO,
          batch: BATCH,
          epochs: 5,
        });
        const went = `${losses[0].toFixed(3)} → ${losses[losses.length - 1].toFixed(3)}`;
        rows.push([name, mebibytes(budgetBytes), mebibytes(peakBytes), String(plan.micro), went]);
      }
      const head = ['network', `budget: N_B ${MICRO} whole`, `peak of N_B ${BATCH}`, 'N_μ', 'loss, 5 steps'];
      return `A batch of ${BATCH} where ${MICRO} fit\n\n${table(head, rows)}`;
    }
    case 'long': {
      const { tensors, inUseBytes, rssBytesPerThousand } = await longRun(runtime, networkOf('mlp'), STEPS);
      const constant = (values: number[]) =>
        new Set(values).size === 1 ? `${values[0]}, constant` : `${Math.min(...values)}–${Math.max(...values)}`;
      const megabytes = (rssBytesPerThousand / 1e6).toFixed(3);
      const head = ['steps', 'tensors', 'bytes in use', 'RSS a 1,000 steps after 500 (< 1 MB)'];
      return `A long run, mlp\n\n${table(head, [[String(STEPS), constant(tensors), constant(inUseBytes), `**${megabytes} MB**`]])}`;
    }
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      engine: { type: 'string', default: 'tensorflow-cpu' },
      rounds: { type: 'string', default: '9' },
      network: { type: 'string', multiple: true, default: [] },
    },
  });
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
  if (unknown) throw new Error(`There is no part "${unknown}". Name any of ${PARTS.join(', ')}.`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number of at least 1.');
  if (parts.length === 1) {
    const takes = (name: NetworkName): boolean => values.network.length === 0 || values.network.includes(name);
    console.log(`\n${await measure(parts[0], { engine: values.engine as EngineName, rounds, takes })}`);
    return;
  }
  console.log(`\n## ${new Date().toISOString().slice(0, 10)} MBP's own cost on ${values.engine}: ${machineSentence()}`);
  for (const part of parts) {
    const networks = values.network.map((name) => `--network=${name}`);
    const words = [process.argv[1], part, `--engine=${values.engine}`, `--rounds=${rounds}`, ...networks];
    const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
    if (status !== 0) throw new Error(`The part "${part}" did not end well.`);
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
