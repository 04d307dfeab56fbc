// Versions, the computer and the room on its disk, for whoever is asked for help.
import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';
import { machineOf } from '#shared/machine';

export const versions = (app: string): Record<string, unknown> => {
  const { electron, chrome, node, v8 } = process.versions;
  return { overbatch: app, electron, chrome, node, v8 };
};

/** @param places folders by the word that stands for them */
export function machine(places: Record<string, string>): Record<string, unknown> {
  const { system, processor, threads, memoryBytes, graphics } = machineOf(os, { readdirSync, readFileSync });
  const disks = Object.fromEntries(Object.entries(places).map(([word, folder]) => [word, diskOf(folder)]));
  return {
    system,
    release: os.release(),
    processor,
    threads,
    memoryBytes,
    freeMemoryBytes: os.freemem(),
    upSeconds: Math.round(os.uptime()),
    ...(graphics && { graphics }),
    disks,
  };
}

function diskOf(folder: string): unknown {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
