// npm run bench -- import: importing beside Pillow with two processes, mini-batches from the packed store beside decoding, memory of a large import.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineSentence } from '../machine';
import { ratios, spread, type Spread } from '../statistics';
import { measuredImport } from './importer';
import { reading } from './reading';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    sources: { type: 'string', default: 'bench' },
    pictures: { type: 'string', default: '20000' },
    side: { type: 'string', default: '224' },
    rounds: { type: 'string', default: '5' },
    gigabytes: { type: 'string', default: '5' },
  },
});
const [pictures, side, rounds, gigabytes] = [values.pictures, values.side, values.rounds, values.gigabytes].map(Number);
const takes = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

const python = (program: string, ...words: (string | number)[]): string =>
  execFileSync(values.python, [join(values.sources, 'import', program), ...words.map(String)], { encoding: 'utf8' });
const words = ({ median, quartiles: [first, third], lowest, highest }: Spread): string =>
  `**${median.toFixed(3)}** (${first.toFixed(3)}–${third.toFixed(3)}, all ${lowest.toFixed(3)}–${highest.toFixed(3)})`;

/** Rates of every round, a second; nobody always goes first. */
async function race(source: string, folder: string, version: string): Promise<void> {
  const rates = { ours: [] as number[], pillow: [] as number[], storing: [] as number[] };
  const turns = {
    async ours() {
      await rm(version, { recursive: true, force: true });
      return (await measuredImport(source, side, version)).milliseconds;
    },
    pillow: () => Number(python('pillow.py', source, side)),
    async storing() {
      const taken = Number(python('pillow.py', source, side, join(folder, 'stored')));
      for (const name of await readdir(folder)) if (name.startsWith('stored')) await rm(join(folder, name));
      return taken;
    },
  };
  const names = Object.keys(turns) as (keyof typeof turns)[];
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < names.length; k++) {
      const name = names[(round + k) % names.length];
      rates[name].push((1000 * pictures) / (await turns[name]()));
    }
  }
  const [ours, pillow, storing] = names.map((name) => `${Math.round(spread(rates[name]).median).toLocaleString('en')}/s`);
  console.log(
    `- ${pictures} JPEGs of 160 px to ${side} px, ${rounds} rounds: ours ${ours}, Pillow ${pillow}, Pillow that stores as well ${storing}`,
  );
  console.log(`- ours ÷ Pillow: ${words(spread(ratios(rates.ours, rates.pillow)))} (bound ≥ 1.0)`);
  console.log(`- ours ÷ Pillow that stores: ${words(spread(ratios(rates.ours, rates.storing)))}`);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'overbatch-bench-'));
  const [small, large, version] = ['small', 'large', 'version'].map((name) => join(folder, name));
  try {
    console.log(`\n## ${new Date().toISOString().slice(0, 10)} Imports: ${machineSentence()}\n`);
    if (takes('race') || takes('reading')) python('pictures.py', 'small', small, pictures);
    if (takes('race')) await race(small, folder, version);
    else if (takes('reading')) await measuredImport(small, side, version);
    if (takes('reading')) {
      const { packed, decoded, ratio } = await reading(version, small);
      console.log(
        `- random mini-batches of 32 at ${side} px: packed ${packed.toFixed(2)} ms, decoded ${decoded.toFixed(1)} ms; ratio ${words(ratio)} (bound ≥ 10)`,
      );
    }
    await rm(version, { recursive: true, force: true });
    await rm(small, { recursive: true, force: true });
    if (takes('memory')) {
      python('pictures.py', 'large', large, gigabytes * 1e9);
      const { milliseconds, peakBytes } = await measuredImport(large, side, version);
      console.log(
        `- ${gigabytes} GB of JPEGs of 12 megapixels in ${Math.round(milliseconds / 1000)} s: at most **${Math.round(peakBytes / 1e6)} MB** in all our processes (bound < 500)`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
