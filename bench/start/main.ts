// How long the app takes from its start to a page that can be used, warm and with nothing in the system's cache: npm run bench -- start [--help]
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { foldersIn } from '#store/location';
import { manyRuns } from '#test/support/many-runs';
import { machineSentence } from '../machine';
import { spread } from '../statistics';
import { importSample, measureStart, type Start } from './one-start';
import type { Command } from './opened-app';

const HELP = `npm run bench -- start [options]
  --rounds N        starts of each (default 10)
  --runs N          runs in the history (default 200)
  --data FOLDER     this data folder, which stays, instead of one made for it
  --against FOLDER  another checkout, built, that takes turns
  --warm, --cold    only these (cold empties the system's cache of files: as root)
What is in dist/ takes turns too: npm run package makes it.`;

const BOUNDS_MS = { warm: 1_500, cold: 3_000 };
const STAGES = ['page', 'drawn', 'listed', 'answered'] as const;

interface Form {
  name: string;
  command: Command;
}

/** @param electron the program that opens a checkout's folder */
function forms(root: string, electron: string, against: string | undefined): Form[] {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const packaged = join(root, 'dist/linux-unpacked/overbatch');
  return [
    { name: 'development', command: [electron, root, ...switches] },
    ...(existsSync(packaged) ? [{ name: 'packaged', command: [packaged, ...switches] as const }] : []),
    ...(against === undefined ? [] : [{ name: against, command: [electron, against, ...switches] as const }]),
  ];
}

function emptyCache(): void {
  execFileSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}

function rows(how: keyof typeof BOUNDS_MS, form: Form, starts: Start[]): string {
  const cells = STAGES.map((stage) => {
    const { median, lowest, highest } = spread(starts.map((start) => start[stage]));
    return `${median.toFixed(0)} (${lowest.toFixed(0)}–${highest.toFixed(0)})`;
  });
  const isKept = spread(starts.map(({ answered }) => answered)).median <= BOUNDS_MS[how];
  return `| ${form.name}, ${how} | ${cells.join(' | ')} | ${BOUNDS_MS[how]} ${isKept ? 'kept' : '**broken**'} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '10' },
      runs: { type: 'string', default: '200' },
      data: { type: 'string' },
      against: { type: 'string' },
      electron: { type: 'string' },
      root: { type: 'string' },
      warm: { type: 'boolean' },
      cold: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(HELP);
  const all = forms(values.root!, values.electron!, values.against);
  const ways = (['warm', 'cold'] as const).filter((way) => values[way] || !(values.warm || values.cold));
  const dataFolder = values.data ?? (await mkdtemp(join(tmpdir(), 'overbatch-start-')));
  try {
    if (!existsSync(foldersIn(dataFolder).database)) {
      if (Number(values.runs) > 0) manyRuns(dataFolder, Number(values.runs));
      await importSample(all[0].command, dataFolder);
    }
    console.log(
      `\n${machineSentence()}; ${values.rounds} starts each, ${values.runs} runs in the history. Milliseconds, median (least–most).\n`,
    );
    console.log('| | page begins | drawn | data listed | click answered | bound |\n|---|---|---|---|---|---|');
    for (const way of ways) {
      const starts = all.map((): Start[] => []);
      // What nobody started yet is read from the disk.
      if (way === 'warm') for (const { command } of all) await measureStart(command, dataFolder);
      for (let round = 0; round < Number(values.rounds); round++) {
        for (const [i, { command }] of all.entries()) {
          if (way === 'cold') emptyCache();
          starts[i].push(await measureStart(command, dataFolder));
        }
      }
      all.forEach((form, i) => console.log(rows(way, form, starts[i])));
    }
  } finally {
    if (values.data === undefined) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
