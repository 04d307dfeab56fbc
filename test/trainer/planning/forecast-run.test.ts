// A forecast beside the real plan of the same run, in the process that answers one question after the other.
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { fits, type TooLarge } from '#shared/forecast';
import { measurementOf } from '#shared/measurement';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { endsOf, type TimeSpan } from '#shared/time-span';
import { packedPictures } from '#test/support/packed';
import { cutOf, forecastServer } from '#test/support/planning/beside-plans';
import { describeTensorFlow } from '#test/support/tensorflow';
import { executePlan } from '#trainer/execute-run';

describeTensorFlow('the forecast of a run', (runtime) => {
  const spec: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-8', batch: 100, engine: 'auto', budgetBytes: 12e6 };

  it('is cut as the plan is, and computes nothing; measured, it is the plan', async () => {
    const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
    const { ask } = forecastServer();
    const before = [memory().numTensors, runtime().meter.inUseBytes()];
    const said = await ask({ spec, datasetFolder });
    expect([memory().numTensors, runtime().meter.inUseBytes()]).toEqual(before);

    const { plan } = await executePlan({ spec, datasetFolder });
    const cut = cutOf(said);
    expect(plan.pieces.length).toBeGreaterThan(1);
    expect(Math.abs(cut.pieces.length - plan.pieces.length)).toBeLessThanOrEqual(1);
    expect(said).toMatchObject({ basis: 'shapes', budgetBytes: 12e6, measured: [] });
    expect(cut.verdict).toEqual(plan.verdict);
    expect({ ...cut.memory, activations: 0 }).toEqual({ ...plan.memory, activations: 0 });
    // Nobody runs it whole: what it would need is told once, by its shapes.
    expect(plan.wholeBatchBytes).toBe(cut.wholeBatchBytes);

    // Whoever else was at work.
    const remembered = [measurementOf({ ...plan, disturbed: 0 }, `${said.engine.name} ${said.engine.version}`, '2026-01-01')];
    const measured = await ask({ spec, datasetFolder, remembered });
    expect(measured).toMatchObject({ basis: 'measured', measuredAt: '2026-01-01', measured: remembered[0].points });
    // Validation, updates and reading are part of it, which the pieces alone are not.
    expect(plan.secondsPerEpoch).toBeGreaterThan((plan.pace!.piece * 128) / plan.micro);
    const again = cutOf(measured);
    expect([again.micro, again.peakBytes, again.wholeBatchBytes]).toEqual([plan.micro, plan.peakBytes, plan.wholeBatchBytes]);
    // What the process takes beside it is told once, too, until such a run held something else.
    const beside = said.beside!;
    const held = async (ranBesideBytes: number) =>
      (await ask({ spec, datasetFolder, remembered: [{ ...remembered[0], ranBesideBytes }] })).beside;
    expect([measured.beside, await held(beside.mostBytes)]).toEqual([beside, beside]);
    expect(await held(9e9)).toEqual({ leastBytes: 9e9, mostBytes: 9e9 });
    expect(again.secondsPerEpoch).toBeCloseTo(plan.secondsPerEpoch, 6);
    const disturbed = await ask({ spec, datasetFolder, remembered: [{ ...remembered[0], disturbed: 0.5 }] });
    // No more than it took, and no less than what others left of it: narrower where what is expected of this computer tells more.
    const [low, high] = endsOf(cutOf(disturbed) as TimeSpan);
    expect(high).toBeLessThanOrEqual(plan.secondsPerEpoch * 1.001);
    expect(low).toBeGreaterThanOrEqual((plan.secondsPerEpoch / 4) * 0.999);
    expect(high).toBeGreaterThan(low);
    // A run's own plan times its pieces alone: an epoch is then a span, as of what was never measured.
    const ofRun = await ask({ spec, datasetFolder, remembered: [{ ...remembered[0], pace: undefined }] } as Parameters<typeof ask>[0]);
    expect(ofRun).toMatchObject({ basis: 'measured', asked: { timesApart: expect.any(Number) } });
    // Controls: of another engine, and far from what shapes say, it counts for nothing.
    for (const other of [
      { ...remembered[0], engine: 'another' },
      { ...remembered[0], points: plan.measured.map((point) => ({ ...point, peakBytes: 2 * point.peakBytes })) },
    ])
      expect(await ask({ spec, datasetFolder, remembered: [other] })).toMatchObject({ basis: 'shapes' });
  });

  it('says how long an epoch takes when it is asked again, as a span; by what was measured of another run it knows at once', async () => {
    const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
    const { ask } = forecastServer();
    const whole = { ...spec, budgetBytes: 2e9 };
    const first = await ask({ spec: whole, datasetFolder });
    expect([first.timeFollows, cutOf(first).secondsPerEpoch]).toEqual([true, undefined]);
    const before = [memory().numTensors, runtime().meter.inUseBytes()];
    const second = await ask({ spec: whole, datasetFolder });
    expect([memory().numTensors, runtime().meter.inUseBytes()]).toEqual(before);
    expect(second.timeFollows).toBeUndefined();
    expect(cutOf(second)).toMatchObject({ secondsPerEpoch: expect.any(Number), timesApart: expect.any(Number) });
    expect(second.table.filter(fits).map(({ secondsPerEpoch }) => secondsPerEpoch! > 0)).toEqual([true, true, true, true, true]);

    const { plan } = await executePlan({ spec: { ...whole, model: 'small-cnn' }, datasetFolder });
    const engine = `${first.engine.name} ${first.engine.version}`;
    const learnt = [{ engine, pace: plan.pace! }];
    const other = forecastServer();
    const said = await other.ask({ spec: whole, datasetFolder, learnt });
    // At once by other runs; asked again, by a look at the step itself, which is never less sure of it.
    expect(said.timeFollows).toBe(true);
    const looked = await other.ask({ spec: whole, datasetFolder, learnt });
    expect(looked.timeFollows).toBeUndefined();
    expect(cutOf(looked).timesApart).toBeGreaterThan(1);
    expect(cutOf(looked).timesApart).toBeLessThanOrEqual(cutOf(said).timesApart!);
    const slower = [{ engine, pace: { ...plan.pace!, piece: 10 * plan.pace!.piece } }];
    const tenfold = await forecastServer().ask({ spec: whole, datasetFolder, learnt: slower });
    expect(cutOf(tenfold).secondsPerEpoch! / cutOf(said).secondsPerEpoch!).toBeCloseTo(10, 0);
    // Measured, it is no span.
    const remembered = [measurementOf({ ...plan, disturbed: 0 }, engine, '2026-01-01')];
    const measured = cutOf(await other.ask({ spec: { ...whole, model: 'small-cnn' }, datasetFolder, remembered }));
    expect([measured.timesApart, measured.secondsPerEpoch]).toEqual([undefined, expect.closeTo(plan.secondsPerEpoch, 6)]);
  });

  it('runs stage by stage with exact batch normalization, as the plan does', async () => {
    const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
    const { ask } = forecastServer();
    const exact: RunSpec = { ...spec, batchNorm: 'exact' };
    const { plan } = await executePlan({ spec: exact, datasetFolder });
    expect(plan.stages).toBeDefined();
    const said = await ask({ spec: exact, datasetFolder });
    const cut = cutOf(said);
    expect(cut.verdict).toEqual(plan.verdict);
    expect(cut.verdict.kind).toBe('identical');
    expect(Math.abs(cut.micro / plan.micro - 1)).toBeLessThan(0.25);
    expect(cut.peakBytes).toBeLessThanOrEqual(12e6);
    expect(Math.abs(cut.peakBytes / plan.peakBytes - 1)).toBeLessThan(0.25);
    // The control: by pieces it is another result, and parks nothing.
    const byPieces = cutOf(await ask({ spec, datasetFolder }));
    expect(byPieces.verdict.kind).toBe('not-identical');
    expect(byPieces.micro).not.toBe(cut.micro);
    // Whole it needs no stages.
    expect(cutOf(await ask({ spec: { ...exact, budgetBytes: 2e9 }, datasetFolder })).pieces).toEqual([100]);
  });

  it('says other batches and budgets of the same run, and why there is none', async () => {
    const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
    const { ask, heard, serving } = forecastServer();
    const train = 128;
    const whole = await ask({ spec: { ...spec, batch: 1_000, budgetBytes: 2e9 }, datasetFolder });
    expect(cutOf(whole)).toMatchObject({ batch: train, pieces: [train], updatesPerEpoch: 1, verdict: { kind: 'identical' } });
    expect(whole.table.map(({ batch }) => batch)).toEqual([16, 32, 64, train]);
    expect(whole.curve.map(({ micro }) => micro)).toEqual([1, 4, 16, 64, train]);
    const tight = await ask({ spec: { ...spec, budgetBytes: 1e6 }, datasetFolder });
    expect(tight.asked).toEqual({ batch: 100, neededBytes: tight.oneSampleBytes });
    expect(tight.oneSampleBytes).toBeGreaterThan(1e6);
    // What would help, and what that costs: each less than it is without, for more time.
    const pieces = { ...spec, budgetBytes: 1e6, micro: 64 };
    const without = await ask({ spec: pieces, datasetFolder });
    const [recompute] = without.savings!.filter(({ saver }) => saver === 'recompute');
    expect(recompute.times).toBeGreaterThan(1.05);
    expect(recompute.times).toBeLessThan(2);
    const saved = await ask({ spec: { ...pieces, savers: ['recompute'] }, datasetFolder });
    expect(saved.asked).toMatchObject({ neededBytes: recompute.neededBytes });
    expect(recompute.neededBytes).toBeLessThan(0.9 * (without.asked as TooLarge).neededBytes);
    expect(saved.savings!.map(({ saver }) => saver)).not.toContain('recompute');
    // Controls: one sample's update needs the most, of which nothing is saved; and what fits needs nothing.
    expect([tight.savings, whole.savings]).toEqual([[], undefined]);
    expect((await ask({ spec: { ...spec, micro: 100 }, datasetFolder })).asked).toMatchObject({ neededBytes: expect.any(Number) });
    expect(cutOf(await ask({ spec: { ...spec, micro: 7 }, datasetFolder })).pieces).toEqual([...Array(10).fill(7), ...Array(5).fill(6)]);

    await serving.ask({ kind: 'forecast', question: 90, asked: { spec: { ...spec, model: 'u-net' }, datasetFolder } });
    expect(heard.at(-1)).toMatchObject({ kind: 'not-forecast', question: 90, failure: { kind: 'bad-setting' } });
    // The newest takes the place of those before it, wherever they are.
    const asked = { spec: { ...spec, width: 0.5 }, datasetFolder };
    await Promise.all([91, 92, 93].map((question) => serving.ask({ kind: 'forecast', question, asked })));
    expect(heard.slice(-3).map((message) => [message.kind, 'question' in message && message.question])).toEqual([
      ['not-forecast', 92],
      ['not-forecast', 91],
      ['forecast', 93],
    ]);
  });
});
