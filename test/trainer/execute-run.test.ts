// Runs in this process, stopped and taken up where it is easiest to get wrong: at an epoch's end, at the run's end, in a used folder.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import { PAUSE } from '#trainer/pause';
import type { RunRequest } from '#trainer/run-request';

async function collect(request: RunRequest, onEvent: (event: RunEvent, stop: () => void) => void = () => {}): Promise<RunEvent[]> {
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun(request, stop.signal)) {
    events.push(event);
    onEvent(event, () => stop.abort());
  }
  return events;
}

/** One step an epoch: every step is an epoch's last. Saved is the last one, so that ends are compared. */
async function tinyRun(epochs: number, settings: Partial<RunSpec> = {}, side = 8): Promise<Omit<RunRequest, 'outFolder'>> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: side, height: side, channels: 1 }, datasetFolder);
  return { spec: { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, finalModel: 'last', epochs, ...settings }, datasetFolder };
}

/** What an epoch came to, without its times and bytes. */
const epochs = (events: RunEvent[]) =>
  events
    .filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch')
    .map(({ epoch, step, train, validation }) => ({ epoch, step, train, validation }));

test('a run stopped on the last step of an epoch has that epoch, and goes on with the next one as if it had not been stopped', async () => {
  const run = await tinyRun(3);
  const whole = await collect({ ...run, outFolder: temporaryFolder() });
  expect(epochs(whole).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);

  const outFolder = temporaryFolder();
  const stopped = await collect({ ...run, outFolder }, (event, stop) => event.kind === 'progress' && stop());
  expect(stopped.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  const resumed = await collect({ ...run, outFolder, resumeFolder: outFolder });
  expect(epochs([...stopped, ...resumed])).toEqual(epochs(whole));
});

const kindsOf = (events: RunEvent[]) => events.map(({ kind }) => kind);

test('a run that had done everything, resumed, ends with the result it had', async () => {
  const outFolder = temporaryFolder();
  const run = await tinyRun(2);
  const { train, validation } = (await collect({ ...run, outFolder })).at(-1) as RunEventOf<'finished'>;
  expect(train.samples).toBeGreaterThan(0);
  const again = await collect({ ...run, outFolder, resumeFolder: outFolder });
  expect(again.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed', train, validation });
  // Its checkpoint is not written anew: killed in between, there would be none.
  expect(kindsOf(again)).not.toContain('checkpoint');
});

test('a new run in the folder of a longer one keeps its own checkpoints only', async () => {
  const outFolder = temporaryFolder();
  await collect({ ...(await tinyRun(4)), outFolder });
  await collect({ ...(await tinyRun(1)), outFolder });
  expect(readdirSync(join(outFolder, 'checkpoints'))).toEqual(['step-000000001']);
});

test('exact BatchNorm: any micro-batch ends with the whole batch’s numbers, an interrupted run with those of an undisturbed one; by pieces it does not', async () => {
  const run = (settings: Partial<RunSpec>) => tinyRun(3, { model: 'resnet-8', optimizer: 'momentum', learningRate: 0.01, ...settings });
  const lossesOf = (events: RunEvent[]) => epochs(events).flatMap(({ train, validation }) => [train.loss, validation!.loss]);
  const losses = async (settings: Partial<RunSpec>) => lossesOf(await collect({ ...(await run(settings)), outFolder: temporaryFolder() }));
  const apart = (a: number[], b: number[]) => Math.max(...a.map((loss, i) => Math.abs(loss / b[i] - 1)));

  const whole = await losses({ micro: 64 });
  const undisturbed = await losses({ micro: 5, batchNorm: 'exact' });
  expect(apart(undisturbed, whole)).toBeLessThan(1e-4);
  expect(apart(await losses({ micro: 2, batchNorm: 'exact' }), whole)).toBeLessThan(1e-4);
  expect(apart(await losses({ micro: 2 }), whole)).toBeGreaterThan(1e-2);

  const exact = await run({ micro: 5, batchNorm: 'exact' });
  const outFolder = temporaryFolder();
  const stopped = await collect({ ...exact, outFolder }, (event, stop) => event.kind === 'progress' && stop());
  const planned = stopped.find((event) => event.kind === 'planned');
  expect(planned?.plan).toMatchObject({ verdict: { kind: 'identical' }, stages: { recomputedShare: 0 } });
  const resumed = await collect({ ...exact, outFolder, resumeFolder: outFolder });
  expect(lossesOf([...stopped, ...resumed])).toEqual(undisturbed);
});

test('paused, a run has a checkpoint and no model; resumed, it ends as if it had not been', async () => {
  const run = await tinyRun(3);
  const [whole, outFolder] = [temporaryFolder(), temporaryFolder()];
  await collect({ ...run, outFolder: whole });
  const stop = new AbortController();
  const paused: RunEvent[] = [];
  for await (const event of executeRun({ ...run, outFolder }, stop.signal)) {
    paused.push(event);
    if (event.kind === 'epoch') stop.abort(PAUSE);
  }
  expect(paused.slice(-2)).toMatchObject([
    { kind: 'checkpoint', step: 1 },
    { kind: 'paused', step: 1 },
  ]);
  expect(readdirSync(outFolder).sort()).toEqual(['checkpoints', 'metrics.jsonl']);
  const resumed = await collect({ ...run, outFolder, resumeFolder: outFolder });
  expect(resumed.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  const weights = (folder: string) => readFileSync(join(folder, 'weights.bin'));
  expect(weights(outFolder).equals(weights(whole))).toBe(true);
});

test('told to stop while it plans, a run ends before its first step', async () => {
  const run = await tinyRun(2);
  const outFolder = temporaryFolder();
  const events = await collect({ ...run, outFolder }, (event, stop) => event.kind === 'started' && stop());
  expect(kindsOf(events).filter((kind) => kind !== 'note')).toEqual(['started', 'paused']);
  expect(events.at(-1)).toMatchObject({ step: 0, byStop: true });
  expect(readdirSync(outFolder)).toEqual([]);
});

test('told to stop while it plans, a resumed run saves its model without another step; told to pause, it is left', async () => {
  const run = await tinyRun(3);
  const outFolder = temporaryFolder();
  const stopAt = async (kind: RunEvent['kind'], reason?: unknown): Promise<RunEvent[]> => {
    const stop = new AbortController();
    const resumeFolder = existsSync(join(outFolder, 'checkpoints')) ? outFolder : undefined;
    const events: RunEvent[] = [];
    for await (const event of executeRun({ ...run, outFolder, resumeFolder }, stop.signal)) {
      events.push(event);
      if (event.kind === kind) stop.abort(reason);
    }
    return events;
  };
  const paused = { kind: 'paused', step: 1 };
  expect((await stopAt('epoch', PAUSE)).at(-1)).toMatchObject(paused);
  for (const kind of ['started', 'planned'] as const) expect((await stopAt(kind, PAUSE)).at(-1)).toMatchObject(paused);
  expect(readdirSync(outFolder)).not.toContain('weights.bin');
  for (const kind of ['started', 'planned'] as const) {
    const events = await stopAt(kind);
    expect(events.map((event) => event.kind)).not.toContain('progress');
    expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
    expect(readdirSync(outFolder)).toContain('weights.bin');
    rmSync(join(outFolder, 'weights.bin'));
  }
});

test('the saved model can be the best epoch’s; the receipt and a note say which', async () => {
  const run = await tinyRun(4);
  // A rate at which the loss jumps about, so that the last epoch is not the best.
  const spec = { ...run.spec, learningRate: 0.5, finalModel: 'best' as const };
  const outFolder = temporaryFolder();
  const events = await collect({ ...run, spec, outFolder });
  const all = events.filter((event) => event.kind === 'epoch');
  const lowest = all.reduce((a, b) => (b.validation!.loss < a.validation!.loss ? b : a));
  expect(lowest.epoch).toBeLessThan(4);
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt.model).toEqual({ of: 'best epoch', epoch: lowest.epoch, step: lowest.step });
  expect(receipt.final.validation).toEqual(lowest.validation);
  expect(events.at(-1)).toMatchObject({ kind: 'finished', validation: lowest.validation });
  // The very weights: a run that ends there has the same.
  const short = temporaryFolder();
  await collect({ ...run, spec: { ...spec, finalModel: 'last', epochs: lowest.epoch }, outFolder: short });
  expect(readFileSync(join(outFolder, 'weights.bin')).equals(readFileSync(join(short, 'weights.bin')))).toBe(true);
});

test('a longer run goes on from the end of the shorter; where a schedule then runs differently, a note says where the rate goes on', async () => {
  const run = await tinyRun(2);
  const outFolder = temporaryFolder();
  await collect({ ...run, outFolder });
  const longer = await collect({ ...run, spec: { ...run.spec, epochs: 4 }, outFolder, resumeFolder: outFolder });
  const whole = temporaryFolder();
  await collect({ ...run, spec: { ...run.spec, epochs: 4 }, outFolder: whole });
  expect(readFileSync(join(outFolder, 'weights.bin')).equals(readFileSync(join(whole, 'weights.bin')))).toBe(true);
  const notes = (events: RunEvent[]) =>
    events.flatMap((event) => (event.kind === 'note' && event.message.includes('rate') ? [event.message] : []));
  expect(notes(longer)).toEqual([]);

  const cosine = { ...run.spec, schedule: 'cosine' as const };
  const folder = temporaryFolder();
  await collect({ ...run, spec: cosine, outFolder: folder });
  const extended = await collect({ ...run, spec: { ...cosine, epochs: 6 }, outFolder: folder, resumeFolder: folder });
  expect(notes(extended)).toEqual([
    expect.stringMatching(/^The cosine schedule .* now runs over 6 epochs instead of 2: the rate goes on at [\d.e-]+, after/),
  ]);
});

test('resumed with less memory than before, a run goes on with smaller pieces and says so', async () => {
  const run = await tinyRun(2, { model: 'resnet-8', optimizer: 'sgd' }, 32);
  const outFolder = temporaryFolder();
  const { plan } = (await collect({ ...run, outFolder })).find((event) => event.kind === 'planned')!;
  const spec = { ...run.spec, epochs: 3, budgetBytes: Math.floor(0.8 * plan.peakBytes) };
  const events = await collect({ ...run, spec, outFolder, resumeFolder: outFolder });
  const again = events.filter((event) => event.kind === 'planned');
  expect(again[0].plan.micro).toBeLessThan(plan.micro);
  expect(events).toContainEqual({ kind: 'note', message: expect.stringMatching(/less memory than when this run began/) as string });
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  // A repetition begins with these pieces: that it differs is known from the receipt.
  const smaller = { step: 2, during: 'resumed', from: plan.micro, micro: again[0].plan.micro, changesResult: true };
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt.recoveries).toEqual([smaller]);
});

test('a run that another engine or computer went on with names them; one that goes on as it was names none', async () => {
  const run = await tinyRun(1);
  const outFolder = temporaryFolder();
  const goOn = async (epochs: number): Promise<Receipt> => {
    await collect({ ...run, spec: { ...run.spec, epochs }, outFolder, resumeFolder: epochs > 1 ? outFolder : undefined });
    return JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  };
  await goOn(1);
  expect(await goOn(2)).not.toHaveProperty('madeBefore');
  // As if its second epoch had been made elsewhere.
  const [newest] = readdirSync(join(outFolder, 'checkpoints')).filter((name) => name.endsWith('2'));
  const file = (name: string): string => join(outFolder, 'checkpoints', newest, name);
  const elsewhere = readFileSync(file('checkpoint.json'), 'utf8').replace(/("threads": )\d+/, '$1999');
  writeFileSync(file('checkpoint.json'), elsewhere);
  const sums = readFileSync(file('SHA256SUMS'), 'utf8');
  writeFileSync(file('SHA256SUMS'), sums.replace(/^\w+/, createHash('sha256').update(elsewhere).digest('hex')));
  for (const epochs of [3, 4]) expect((await goOn(epochs)).madeBefore).toMatchObject([{ machine: { threads: 999 } }]);
});

test('no piece is larger than what a training process died of', async () => {
  const run = await tinyRun(1);
  const auto = { ...run, spec: { ...run.spec, micro: 'auto' as const } };
  const plans = (events: RunEvent[]) => events.flatMap((event) => (event.kind === 'planned' ? [event.plan] : []));
  const [free] = plans(await collect({ ...auto, outFolder: temporaryFolder() }));
  const [held] = plans(await collect({ ...auto, outFolder: temporaryFolder(), mostMicro: 3 }));
  expect(free.micro).toBeGreaterThan(3);
  expect(held.micro).toBeLessThanOrEqual(3);
  expect(Math.max(...held.measured.map(({ micro }) => micro))).toBeLessThanOrEqual(3);
});

test('finished early or completed, a run saves its best epoch where that is not the last step, and says so; asked for the last, that', async () => {
  // So large a rate that validation gets worse after its first epochs.
  const run = await tinyRun(12, { learningRate: 0.3, finalModel: undefined });
  const receiptIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Receipt;
  const lossOf = (event: RunEventOf<'epoch'>) => event.validation!.loss;
  const best = (events: RunEvent[]) =>
    events.filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch').reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));

  const early = temporaryFolder();
  const stopped = await collect({ ...run, outFolder: early }, (event, stop) => event.kind === 'epoch' && event.epoch === 11 && stop());
  const chosen = best(stopped);
  expect(chosen.epoch).toBeLessThan(11);
  expect(receiptIn(early).model).toEqual({ of: 'best epoch', epoch: chosen.epoch, step: chosen.step });
  expect(receiptIn(early).done).toEqual({ epochs: 11, steps: 11 });
  expect(receiptIn(early).final.validation).toEqual(chosen.validation);
  expect(stopped).toContainEqual(
    expect.objectContaining({ kind: 'note', message: expect.stringMatching(`that of epoch ${chosen.epoch},`) as string }),
  );

  const uptoBest = temporaryFolder();
  await collect({ ...run, spec: { ...run.spec, epochs: chosen.epoch }, outFolder: uptoBest });
  expect(receiptIn(early).weights).toBe(receiptIn(uptoBest).weights);

  const whole = temporaryFolder();
  const best12 = best(await collect({ ...run, outFolder: whole }));
  expect(receiptIn(whole).model).toEqual({ of: 'best epoch', epoch: best12.epoch, step: best12.step });
  const last = temporaryFolder();
  await collect({ ...run, spec: { ...run.spec, finalModel: 'last' }, outFolder: last });
  expect(receiptIn(last)).toMatchObject({ model: { of: 'last step', epoch: 12 }, other: { of: 'best epoch', epoch: best12.epoch } });
  expect(receiptIn(last).weights).not.toBe(receiptIn(whole).weights);
});
