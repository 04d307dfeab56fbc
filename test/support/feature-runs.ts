// Runs that train the last layer of a trained start, on a few small pictures of three classes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importFolder } from '#datasets/import-folder';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { executeRun } from '#trainer/execute-run';
import { tinyImageFolder } from './pictures';
import { temporaryFolder } from './temporary-folder';

export const LABELS = ['a', 'b', 'c'];
const SIDE = 32;
export const HEAD: RunSpec = {
  ...DEFAULT_SPEC,
  // What it ends with is compared, not its best epoch, which a stop may have left behind already.
  finalModel: 'last',
  model: 'efficientnet-lite0',
  start: 'imagenet',
  trains: 'head',
  engine: 'wasm',
  batch: 8,
  micro: 3,
  epochs: 3,
  learningRate: 0.01,
};

/** `each`: pictures of a class. What is made of them lies in `datasetFolder`. */
export async function importPictures(each = 8) {
  const pictures = tinyImageFolder(LABELS, each);
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(pictures, { width: SIDE, height: SIDE, channels: 3 }, datasetFolder);

  async function collect(
    settings: Partial<RunSpec>,
    outFolder = temporaryFolder(),
    resumes: boolean | 'to finish' = false,
    stopAt?: (event: RunEvent) => boolean,
    mostMicro?: number,
    stopWhen?: () => boolean,
  ) {
    const stop = new AbortController();
    const watch = setInterval(() => stopWhen?.() && stop.abort());
    const events: RunEvent[] = [];
    const from = { ...(resumes && { resumeFolder: outFolder }), ...(resumes === 'to finish' && { toFinish: true as const }) };
    const request = { spec: { ...HEAD, ...settings }, datasetFolder, outFolder, mostMicro, ...from };
    for await (const event of executeRun(request, stop.signal)) {
      events.push(event);
      if (stopAt?.(event)) stop.abort();
    }
    clearInterval(watch);
    return { events, outFolder };
  }

  const featureFiles = (): string[] => readdirSync(datasetFolder).filter((name) => name.startsWith('features-'));
  return { pictures, datasetFolder, collect, featureFiles };
}

export const one = <K extends RunEvent['kind']>(events: RunEvent[], kind: K) =>
  events.find((event) => event.kind === kind) as RunEventOf<K>;
export const makesFeatures = (events: RunEvent[]): boolean =>
  events.some((event) => event.kind === 'note' && event.message.includes('looks at each of the 24 pictures once'));
