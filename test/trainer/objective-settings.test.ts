// What a run is trained for, through a whole run: the loss named in its settings, weights of rare classes, scores of validation, and none.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';

const SPEC: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 8, micro: 3, epochs: 2 };

async function run(spec: RunSpec, pictures: string): Promise<RunEvent[]> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(pictures, { width: 8, height: 8, channels: 1 }, datasetFolder);
  const events: RunEvent[] = [];
  const request = { spec, datasetFolder, outFolder: temporaryFolder() };
  for await (const event of executeRun(request, new AbortController().signal)) events.push(event);
  return events;
}

const finished = (events: RunEvent[]) => events.at(-1) as RunEventOf<'finished'>;
const firstLoss = (events: RunEvent[]) => (events.find((event) => event.kind === 'progress') as RunEventOf<'progress'>).steps[0].loss;

test('the loss and its settings change the first step’s loss as they are defined; pieces do not', async () => {
  const pictures = tinyImageFolder(['a'], 12, tinyImageFolder(['b'], 5));
  const plain = firstLoss(await run(SPEC, pictures));
  const focal = firstLoss(await run({ ...SPEC, loss: 'focal', focalGamma: 1 }, pictures));
  const smooth = firstLoss(await run({ ...SPEC, labelSmoothing: 0.2 }, pictures));
  const weighted = firstLoss(await run({ ...SPEC, classWeights: 'auto' }, pictures));
  const whole = firstLoss(await run({ ...SPEC, classWeights: 'auto', micro: 8 }, pictures));
  expect(focal).toBeLessThan(plain);
  expect(new Set([plain, focal, smooth, weighted]).size).toBe(4);
  expect(Math.abs(weighted - whole)).toBeLessThan(1e-6);
});

test('validation has its scores, by name, each of them a number or null', async () => {
  const { validation, train } = finished(await run(SPEC, tinyImageFolder(['a', 'b'], 10)));
  expect(Object.keys(validation!.scores!)).toEqual(['precision', 'recall', 'F1', 'AUC']);
  for (const { value, each } of Object.values(validation!.scores!)) {
    expect(value === null || (value >= 0 && value <= 1)).toBe(true);
    expect(each).toHaveLength(2);
  }
  expect(train.scores).toBeUndefined();
  expect(JSON.parse(JSON.stringify(validation))).toEqual(validation);
});

test('with nothing held out there is no validation, which is not 0 %', async () => {
  // One picture a class: the share of it rounds to none.
  const events = await run(SPEC, tinyImageFolder(['a', 'b'], 1));
  expect(finished(events)).not.toHaveProperty('validation');
  for (const event of events) if (event.kind === 'epoch') expect(event).not.toHaveProperty('validation');
  expect(events.some((event) => event.kind === 'note' && event.message.startsWith('No pictures are left to validate with'))).toBe(true);
  expect(sentence(finished(events))).toBe('Completed; no samples were held out to validate with.');
});
