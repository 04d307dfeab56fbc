// The words after `npm run bench --`.
import { parseArgs } from 'node:util';
import type { Field } from './contestants';
import { NETWORK_NAMES, type NetworkName } from './networks';

/** N_B of every match. */
export const BATCH = 256;
/** Fewer rounds say nothing about the spread: such a run only shows that the bench works. */
export const FEWEST_ROUNDS = 7;

export const BENCH_HELP = `npm run bench -- [NETWORK …|wasm|mbp|import] [options]

  mbp [cost|peak|budget|long] [--engine NAME] [--rounds N] [--network NAME]
                      what MBP itself costs, in time and in memory; nobody to compete with
  import [race|reading|memory] [--side PIXELS] [--rounds N] [--pictures N] [--gigabytes N]
                      imports beside Pillow, mini-batches from the packed store, memory of a large import
  NETWORK             ${NETWORK_NAMES.join(', ')}; the first five without any
  wasm                our WebAssembly engine beside PyTorch with one thread: lenet and resnet-8, or the NETWORKs named
  --micro N           N_μ of an N_B of ${BATCH}; may be repeated        (32)
  --rounds N          turns of every contestant                  (9; below ${FEWEST_ROUNDS} it is a smoke run)
  --patience N        turns played again when others disturb     (100)
  --only TEXT         contestants whose label holds TEXT; may be repeated
`;

export interface Options {
  networks: NetworkName[];
  field: Field;
  micros: number[];
  rounds: number;
  patience: number;
  /** Parts of labels; all contestants where empty. */
  only: string[];
  help: boolean;
}

/** Of the engine's issue, in this order. */
const MEASURED: NetworkName[] = ['lenet', 'resnet-18', 'mobilenet-v2', 'u-net', 'mlp'];
const MEASURED_WASM: NetworkName[] = ['lenet', 'resnet-8'];

/** @throws Error in one sentence */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      micro: { type: 'string', multiple: true, default: ['32'] },
      rounds: { type: 'string', default: '9' },
      patience: { type: 'string', default: '100' },
      only: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const isWasm = positionals.includes('wasm');
  const named = positionals.filter((name) => name !== 'wasm');
  const unknown = named.find((name) => !NETWORK_NAMES.some((known) => known === name));
  if (unknown) throw new Error(`There is no network "${unknown}". Name any of ${NETWORK_NAMES.join(', ')}.`);
  const micros = values.micro.map(Number);
  if (micros.some((n) => !Number.isInteger(n) || n < 1 || BATCH % n !== 0)) throw new Error(`--micro must divide ${BATCH}.`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number of at least 1.');
  return {
    networks: named.length > 0 ? (named as NetworkName[]) : isWasm ? MEASURED_WASM : MEASURED,
    field: isWasm ? { engine: 'wasm', threads: 1 } : { engine: 'tensorflow-cpu', threads: 2 },
    micros,
    rounds,
    patience: Number(values.patience),
    only: values.only,
    help: values.help,
  };
}
