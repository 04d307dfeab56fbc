// Questions about what this computer has: engines, memory, disk.
import { mkdir, readFile, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { Space } from '#shared/contract';
import type { Handlers } from '../answer';
import type { Services } from '../services';

type Questions = Pick<Handlers, 'getEngines' | 'installEngine' | 'cancelInstall' | 'removeEngine' | 'getSpace'>;

export function engineQuestions({ trainer, folders, send }: Services): Questions {
  return {
    getEngines: () => trainer.engines(),
    installEngine: (kind) => trainer.install(kind, (progress) => send({ kind: 'install-progress', progress })),
    cancelInstall: () => trainer.cancelInstall(),
    removeEngine: (kind) => trainer.remove(kind),
    getSpace: () => space(folders.root),
  };
}

async function space(dataFolder: string): Promise<Space> {
  await mkdir(dataFolder, { recursive: true });
  const disk = await statfs(dataFolder);
  return {
    freeMemoryBytes: await freeMemory(),
    totalMemoryBytes: totalmem(),
    freeDiskBytes: disk.bavail * disk.bsize,
    dataFolder,
  };
}

/** Linux counts caches it would give back as used; Node before 20 reports them so. */
async function freeMemory(): Promise<number> {
  if (process.platform !== 'linux') return freemem();
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(text);
  return available ? Number(available[1]) * 1024 : freemem();
}
