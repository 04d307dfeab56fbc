// Forecasts beside the real plans of the same runs, on one engine: what a page says before Measure is what Measure says.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { fits, type BatchForecast, type RunForecast } from '#shared/forecast';
import { measurementOf } from '#shared/measurement';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { TrainerMessage } from '#shared/trainer-messages';
import { packedPictures } from '#test/support/packed';
import { tinyImageFolder } from '#test/support/pictures';
import { withSampleWorker } from '#test/support/sample-worker';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executePlan } from '#trainer/execute-run';
import { ForecastServer } from '#trainer/planning/serve';

export type Ask = (asked: Extract<Parameters<ForecastServer['ask']>[0], { kind: 'forecast' }>['asked']) => Promise<RunForecast>;

/** Answers in the order they come. */
export function forecastServer() {
  const heard: TrainerMessage[] = [];
  let question = 0;
  const serving = new ForecastServer((message) => heard.push(message));
  const ask: Ask = async (asked) => {
    await serving.ask({ kind: 'forecast', question: ++question, asked });
    const last = heard.at(-1);
    if (last?.kind === 'forecast' && last.question === question) return last.forecast;
    throw new Error(JSON.stringify(last));
  };
  return { ask, heard, serving };
}

export const cutOf = ({ asked }: RunForecast): BatchForecast => {
  if (fits(asked)) return asked;
  throw new Error(`${asked.neededBytes} do not fit.`);
};

const SPEC: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-8', batch: 100, budgetBytes: 12e6 };
/** Half of what METHOD.md allows the worst analytic forecast to be off. */
const APART = 0.25;

const CASES: [string, Partial<RunSpec>][] = [
  ['pieces of a size that was asked for', { micro: 7 }],
  ['exact batch normalization', { batchNorm: 'exact' }],
  ['what is computed again instead of kept', { normalization: 'group', savers: ['recompute'] }],
  ['pictures that threads read ahead', { augment: { flip: 0.5 }, workers: 2 }],
];

/** In a file of its own: an engine a process. */
export function describeBesidePlans(engine: RunSpec['engine'], isHere: boolean): void {
  describe.skipIf(!isHere)(`forecasts beside plans on ${engine}`, () => {
    withSampleWorker();

    it.each(CASES)('%s', async (_, changed) => {
      const run = {
        spec: { ...SPEC, engine, ...changed },
        datasetFolder: packedPictures({ count: 160, width: 16, height: 16, classes: 2 }),
      };
      const { ask } = forecastServer();
      const { plan } = await executePlan(run);
      const cut = cutOf(await ask(run));
      expect(cut.verdict).toEqual(plan.verdict);
      expect(plan.pieces.length).toBeGreaterThan(1);
      expect([cut.micro / plan.micro, cut.peakBytes / plan.peakBytes].map((share) => Math.abs(share - 1) < APART)).toEqual([true, true]);
      expect(cut.peakBytes).toBeLessThanOrEqual(12e6);
      expect(cut.stages?.kept).toEqual(plan.stages?.kept);
    });

    it('what other settings hold for reading ahead is no part of what was measured', async () => {
      const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
      const of = (workers: number) => ({ spec: { ...SPEC, engine, augment: { flip: 0.5 }, workers }, datasetFolder });
      const { ask } = forecastServer();
      const { plan, runtime } = await executePlan(of(2));
      expect(plan.heldBytes).toBeGreaterThan(1e5);
      const remembered = [measurementOf(plan, `${runtime.report.name} ${runtime.report.version}`, '2026-01-01')];
      const [alone, ahead] = [await ask({ ...of(0), remembered }), await ask({ ...of(2), remembered })];
      expect([alone.basis, ahead.basis]).toEqual(['measured', 'measured']);
      expect(ahead.oneSampleBytes - alone.oneSampleBytes).toBe(plan.heldBytes);
      // A run needs a little more than its pieces were tried with, at each size the same.
      const more = plan.peakBytes - plan.measured.find(({ micro }) => micro === plan.micro)!.peakBytes;
      expect(more).toBeLessThan(0.01 * plan.peakBytes);
      expect(ahead.measured).toEqual(plan.measured.map((point) => ({ ...point, peakBytes: point.peakBytes + more })));
    });

    it('a last layer is trained on what the rest saw of each picture, which is looked at once', async () => {
      const datasetFolder = join(temporaryFolder(), 'version');
      await importFolder(tinyImageFolder(['a', 'b', 'c'], 20), { width: 32, height: 32, channels: 3 }, datasetFolder);
      const head = { model: 'efficientnet-lite0', start: 'imagenet', trains: 'head', batch: 40 } as const;
      const { ask } = forecastServer();
      const varied = { augment: { colour: 1e-9 } };
      const of = (changed: Partial<RunSpec>) => ({ spec: { ...SPEC, engine, ...head, ...changed }, datasetFolder });
      // As much as eight pictures take that go through all of it.
      const { peakBytes: budgetBytes } = cutOf(await ask(of({ ...varied, micro: 8, budgetBytes: 2e9 })));
      const { plan } = await executePlan(of({ budgetBytes }));
      const cut = cutOf(await ask(of({ budgetBytes })));
      expect(cut).toMatchObject({ pieces: [40], verdict: plan.verdict });
      expect(plan.pieces).toEqual([40]);
      expect(Math.abs(cut.peakBytes / plan.peakBytes - 1)).toBeLessThan(APART);
      // The control: varied pictures go through all of it in every step.
      expect(cutOf(await ask(of({ ...varied, budgetBytes }))).pieces.length).toBeGreaterThanOrEqual(4);
      // Where not even one goes through once, that is what is too large.
      const { asked } = await ask(of({ budgetBytes: 15e6 }));
      expect(asked).toEqual({ batch: 40, neededBytes: expect.any(Number) });
      await expect(executePlan(of({ budgetBytes: 15e6 }))).rejects.toMatchObject({ failure: { kind: 'out-of-memory' } });
    });

    it('a size that was the end of a process is not promised', async () => {
      const datasetFolder = packedPictures({ count: 160, width: 16, height: 16, classes: 2 });
      const { ask } = forecastServer();
      const run = { spec: { ...SPEC, engine, budgetBytes: 1e9 }, datasetFolder };
      const { plan, runtime } = await executePlan(run);
      expect(plan.pieces).toEqual([100]);
      const of = (diedAt?: number) => ({
        ...measurementOf(
          { ...plan, measured: plan.measured.filter(({ micro }) => micro < 9) },
          `${runtime.report.name} ${runtime.report.version}`,
          '',
          diedAt,
        ),
      });
      expect(cutOf(await ask({ ...run, remembered: [of(32)] })).micro).toBe(15);
      expect(cutOf(await ask({ ...run, remembered: [of()] })).micro, 'control').toBe(100);
    });
  });
}
