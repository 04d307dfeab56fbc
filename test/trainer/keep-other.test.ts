// The other model of an ended run takes the place of the saved one and comes back; the run goes on from its last state all the same, and repeats as it was.
import { fork } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { keptAgain } from '#shared/repeat';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { openFinished } from '#trainer/evaluation/open-finished';
import { executeRun } from '#trainer/execute-run';
import { keepOther } from '#trainer/keep-other';

/** So large a rate that validation gets worse after the first epochs; averaged, so that the saved weights are none of the learner's own. */
const RESTLESS: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, epochs: 12, learningRate: 0.3, ema: 0.5 };

async function tinyRun(settings: Partial<RunSpec> = {}) {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  const outFolder = temporaryFolder();
  const run = async (over: { spec?: Partial<RunSpec>; outFolder?: string; resumeFolder?: string } = {}, stopAt?: number) => {
    const stop = new AbortController();
    const request = { outFolder, ...over, spec: { ...RESTLESS, ...settings, ...over.spec }, datasetFolder };
    for await (const event of executeRun(request, stop.signal)) if (event.kind === 'epoch' && event.epoch === stopAt) stop.abort();
    return receiptIn(request.outFolder);
  };
  return { run, outFolder };
}

const receiptIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Receipt;
const weightsIn = (folder: string) => readFileSync(join(folder, 'weights.bin'));

test('the last model in the place of the best, and back: each with its figures, to the last bit', async () => {
  const { run, outFolder } = await tinyRun();
  const best = await run();
  const saved = weightsIn(outFolder);
  const [{ final, ...bestModel }, lastFolder] = [{ ...best.model!, final: best.final }, temporaryFolder()];
  expect(best).toMatchObject({ model: { of: 'best epoch' }, other: { of: 'last step', epoch: 12, step: best.done!.steps } });
  const last = await run({ spec: { finalModel: 'last' }, outFolder: lastFolder });

  const swapped = keepOther(outFolder);
  expect(receiptIn(outFolder)).toEqual(JSON.parse(JSON.stringify(swapped)));
  expect(weightsIn(outFolder).equals(weightsIn(lastFolder))).toBe(true);
  expect(swapped).toMatchObject({ model: last.model, weights: last.weights, final: last.final, other: { ...bestModel, final } });

  expect(keepOther(outFolder)).toMatchObject({ model: bestModel, weights: best.weights, final });
  expect(weightsIn(outFolder).equals(saved)).toBe(true);
  // Where the last was asked for, it is the best that lies beside.
  expect(keepOther(lastFolder).weights).toBe(best.weights);
  expect(keepOther(lastFolder).weights).toBe(last.weights);
});

test('who reads it while they change places finds the one or the other whole', async () => {
  const { run, outFolder } = await tinyRun();
  const { weights, model, other } = await run();
  const trainer = fork(join('out', 'main', 'trainer.js'), { serialization: 'advanced' });
  onTestFinished(() => void trainer.kill('SIGKILL'));
  let [swaps, failed] = [0, false];
  const swap = () => trainer.send({ kind: 'keep-other', modelFolder: outFolder });
  trainer.on('message', ({ kind }: { kind: string }) => {
    if (kind === 'other-kept') swaps++;
    failed ||= kind === 'failure';
    if (kind === 'done') swap();
  });
  swap();
  const found = new Set<string>();
  while (swaps < 40 && !failed) {
    const { receipt, model: its } = await openFinished(outFolder);
    expect(receipt).toMatchObject({ weights: its.sha256, model: its.sha256 === weights ? model : { step: other!.step } });
    found.add(its.sha256);
    await setImmediate();
  }
  expect([failed, found.size]).toEqual([false, 2]);
});

test('whichever is kept, a run that goes on does so from its last state', async () => {
  const { run, outFolder } = await tinyRun();
  await run({}, 11);
  keepOther(outFolder);
  await run({ resumeFolder: outFolder });
  keepOther(outFolder);
  const longer = await run({ resumeFolder: outFolder, spec: { epochs: 16 } });
  const whole = await run({ spec: { epochs: 16 }, outFolder: temporaryFolder() });
  expect(longer).toMatchObject({ weights: whole.weights, model: whole.model, other: whole.other });
});

test('made again, the model that was kept is asked for; one finished early goes on to its end by its own rule', async () => {
  const { run, outFolder } = await tinyRun();
  const best = await run();
  expect(keptAgain(best.spec, best)).toBe(best.spec);
  const swapped = keepOther(outFolder);
  const spec = keptAgain(swapped.spec, swapped);
  expect(spec.finalModel).toBe('last');
  expect((await run({ spec, outFolder: temporaryFolder() })).weights).toBe(swapped.weights);
  expect(keptAgain(swapped.spec, { ...swapped, reason: 'stopped' })).toBe(swapped.spec);
});

test('what a test part came to stays with the one that was scored: it counts as looked at for the other, and comes back', async () => {
  const { run, outFolder } = await tinyRun();
  const receipt = await run();
  const tested: Receipt = { ...receipt, final: { ...receipt.final, test: receipt.final.train } };
  writeFileSync(join(outFolder, 'receipt.json'), JSON.stringify(tested));
  const { final, other, testScoresBefore } = keepOther(outFolder);
  expect([final.test, other!.final.test, testScoresBefore]).toEqual([undefined, tested.final.test, 1]);
  const back = keepOther(outFolder);
  expect([back.final.test, back.other!.final.test, back.testScoresBefore]).toEqual([tested.final.test, undefined, undefined]);
});

test('where the other one is gone, damaged or was never there, the saved one stays', async () => {
  const { run, outFolder } = await tinyRun();
  await run();
  const before = weightsIn(outFolder);
  const file = join(outFolder, 'checkpoints', 'last-weights.bin');
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(file, bytes);
  expect(() => keepOther(outFolder)).toThrow(/gone or damaged/);
  rmSync(file);
  expect(() => keepOther(outFolder)).toThrow(/The saved one stays/);
  expect(weightsIn(outFolder).equals(before)).toBe(true);
  const { run: short, outFolder: one } = await tinyRun({ epochs: 1 });
  expect(await short()).toMatchObject({ model: { of: 'best epoch', epoch: 1 } });
  expect(() => keepOther(one)).toThrow(/no other model/);
});
