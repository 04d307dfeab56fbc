// The computer a run is made on, as far as it decides which numbers come out: libraries choose their arithmetic by the processor and its threads.
import { word } from './language';
// Asking the system is the caller's: this file runs anywhere.
export interface Machine {
  /** "linux x64". */
  system: string;
  processor: string;
  threads: number;
  memoryBytes: number;
  /** Absent: no graphics card is known. */
  graphics?: string[];
}

/** What of node:os is asked. */
export interface System {
  platform(): string;
  arch(): string;
  cpus(): { model: string }[];
  availableParallelism(): number;
  totalmem(): number;
}

/** What of node:fs is asked. */
export interface Files {
  readdirSync(folder: string): string[];
  readFileSync(file: string, encoding: 'utf8'): string;
}

export function machineOf(system: System, files: Files): Machine {
  const graphics = graphicsCards(files);
  return {
    system: `${system.platform()} ${system.arch()}`,
    processor: system.cpus()[0]?.model.trim().replace(/\s+/g, ' ') || 'unknown processor',
    threads: system.availableParallelism(),
    memoryBytes: system.totalmem(),
    ...(graphics.length > 0 && { graphics }),
  };
}

/** As NVIDIA's driver for Linux tells them. */
function graphicsCards(files: Files): string[] {
  const folder = '/proc/driver/nvidia/gpus';
  try {
    const told = files.readdirSync(folder).map((card) => files.readFileSync(`${folder}/${card}/information`, 'utf8'));
    return told.flatMap((text) => /^Model:\s*(.+)$/m.exec(text)?.[1].trim() ?? []);
  } catch {
    return [];
  }
}

/** Memory decides only what fits, and a graphics card only what is computed on it. */
export const isSameMachine = (a: Machine, b: Machine, onGraphics: boolean): boolean =>
  a.system === b.system &&
  a.processor === b.processor &&
  a.threads === b.threads &&
  (!onGraphics || (a.graphics ?? []).join() === (b.graphics ?? []).join());

/** "AMD EPYC 7B13, 2 threads, linux x64"; with its graphics cards where it has some. */
export const machineWords = ({ system, processor, threads, graphics = [] }: Machine): string =>
  [processor, `${threads} ${threads === 1 ? word('thread') : word('threads')}`, ...graphics, system].join(', ');
