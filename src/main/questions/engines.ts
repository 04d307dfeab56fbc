// Questions about what this computer has: engines, memory, disk.
import { statfsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { Space } from '#shared/space';
import { roomAt } from '#shared/disk-room';
import { SAFE_REASON } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { availableMemoryBytes } from '#shared/system-memory';
import type { Handlers } from '../answer';
import { askCard } from '../ask-card';
import { readText } from '../read-text';
import type { Services } from '../services';

type Questions = Pick<
  Handlers,
  'getEngines' | 'installEngine' | 'cancelInstall' | 'removeEngine' | 'getSpace' | 'getDisk' | 'showDataFolder'
>;

export function engineQuestions({ desktop, disk, engines, folders, preferences, send, trouble }: Services): Questions {
  preferences.onChange((_now, changed) => void (changed.includes('language') && engines.speakAnew()));
  return {
    getEngines: () => engines.list(),
    installEngine(kind) {
      if (trouble.safe) throw new FailureError({ kind: 'bad-setting', problem: `${SAFE_REASON} Start normally, then install it.` });
      return engines.install(kind, (progress) => send({ kind: 'install-progress', progress }));
    },
    cancelInstall: () => engines.cancelInstall(),
    removeEngine: (kind) => engines.remove(kind),
    getSpace: () => space(folders.root, engines.computesOnCard),
    getDisk: async () => (await disk.state()) ?? null,
    showDataFolder: () => desktop.showFolder(folders.root),
  };
}

async function space(dataFolder: string, onCard: boolean): Promise<Space> {
  await mkdir(dataFolder, { recursive: true });
  const card = onCard ? await askCard() : undefined;
  return {
    freeMemoryBytes: availableMemoryBytes(readText, freemem()),
    totalMemoryBytes: totalmem(),
    ...(card && { card }),
    freeDiskBytes: roomAt(dataFolder, statfsSync)?.freeBytes ?? 0,
    dataFolder,
  };
}
