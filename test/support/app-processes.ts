// The processes of a program and what each takes, as Linux counts it: by its own tree, so that what Electron does not name is counted, too.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';

export interface AppProcess {
  pid: number;
  /** What it does: main, window, GPU process, network service, zygote, and our own programs by their names. */
  role: string;
  rssBytes: number;
  /** What it shares is divided among those who do. */
  pssBytes: number;
  openFiles: number;
}

interface Stat {
  pid: number;
  parent: number;
  /** Of itself and of its children that have ended. */
  cpuMilliseconds: number;
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Undefined: it has ended. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // Its name, in brackets, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, ofChildren, systemOfChildren] = fields.slice(11, 15).map(Number);
  return { pid, parent: Number(fields[1]), cpuMilliseconds: TICK_MS * (user + system + ofChildren + systemOfChildren) };
}

/** In the system's own count since it was started; NaN where there is none of that number. What has ended and nobody asked after is none. */
export function startedAt(pid: number): number {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return NaN;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? NaN : Number(fields[19]);
}

/** The root and all below it. */
function tree(root: number): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined);
  const found = all.filter(({ pid }) => pid === root);
  // Grows while it is walked.
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** Processor time of the whole tree since it began, those that have ended included. */
export const cpuMilliseconds = (root: number): number => tree(root).reduce((sum, stat) => sum + stat.cpuMilliseconds, 0);

const kilobytes = (text: string | undefined, field: string): number =>
  1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text ?? '')?.[1] ?? 0);

const ROLES: [pattern: RegExp, role: string][] = [
  [/--type=renderer/, 'window'],
  [/--type=gpu-process/, 'GPU process'],
  [/--type=zygote/, 'zygote'],
  [/network\.mojom\.NetworkService/, 'network service'],
  [/audio\.mojom/, 'audio service'],
  [/node\.mojom\.NodeService/, 'program of ours'],
];

/** Of our own programs, by their pid: what Electron was told when they were started. */
export async function programNames(app: ElectronApplication): Promise<Map<number, string>> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, name, serviceName }) => ({ pid, names: [name, serviceName] })),
  );
  return new Map(
    metrics.flatMap(({ pid, names }) => names.filter((name) => name?.startsWith('Overbatch ')).map((name) => [pid, name!] as const)),
  );
}

/** @param names of our own programs, by their pid */
export function appProcesses(root: number, names: ReadonlyMap<number, string> = new Map()): AppProcess[] {
  return tree(root).flatMap(({ pid }) => {
    const command = read(`/proc/${pid}/cmdline`);
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    if (!command || !rollup) return [];
    const role = pid === root ? 'main' : (names.get(pid) ?? ROLES.find(([pattern]) => pattern.test(command))?.[1] ?? command.slice(0, 80));
    return [{ pid, role, rssBytes: kilobytes(rollup, 'Rss'), pssBytes: kilobytes(rollup, 'Pss'), openFiles: openFiles(pid) }];
  });
}

/** Without what leads nowhere: of that, an Electron before 35.7 keeps two for each process it starts (electron#47515). */
function openFiles(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).filter((name) => targetOf(`${folder}/${name}`) !== '/dev/null').length;
  } catch {
    return 0;
  }
}

/** Undefined: closed meanwhile. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
