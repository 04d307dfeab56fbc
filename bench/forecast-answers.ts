// How long a person waits for a forecast: the first answer about a model, and those after a change of batch or budget. npm run bench -- forecast [ENGINE] answers
import { createOptimizer } from '#engine/optimizers';
import { CATALOGUE } from '#engine/models/catalogue';
import type { Runtime } from '#engine/runtime';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { forecastRun } from '#trainer/planning/forecast-run';
import { withPeaks, type Subject } from '#trainer/planning/subject';
import { CASES, caseName, objectiveFor, type Case } from './forecast-cases';
import { spread } from './statistics';

const TRAIN = 8_192;
const BATCHES = [64, 128, 512, 1_024, 2_048, 333];
const BUDGETS = [2e9, 1e9, 3e9];

export async function timeAnswers(runtime: Runtime): Promise<void> {
  console.log('| model, input | first, ms | after a change, ms: median, longest |\n|---|---|---|');
  for (const asked of CASES) {
    const subject = subjectOf(runtime, asked);
    const times: number[] = [];
    for (const budgetBytes of BUDGETS)
      for (const batch of [256, ...BATCHES]) {
        const spec = { ...DEFAULT_SPEC, model: asked.model, batch, budgetBytes };
        const begin = performance.now();
        await forecastRun(subject, { spec, datasetFolder: '' }, {}, () => Promise.resolve());
        times.push(performance.now() - begin);
      }
    const [first, ...later] = times;
    const { median, highest } = spread(later);
    const name = caseName(asked, 0).replace(', N_μ 0', '');
    console.log(`| ${name} | ${first.toFixed(0)} | ${median.toFixed(1)}, ${highest.toFixed(0)} |`);
  }
}

/** Of data that nobody reads. */
function subjectOf(runtime: Runtime, { model, shape, classes, optimizer }: Case): Subject {
  const network = CATALOGUE[model].build(shape, classes);
  const train = Int32Array.from({ length: TRAIN }, (_, i) => i);
  const data = { train, objective: objectiveFor(network), hostBytesFor: () => 0 } as unknown as Subject['data'];
  return withPeaks({ data, runtime, network, optimizer: createOptimizer(optimizer) });
}
