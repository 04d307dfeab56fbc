// A model as files that stock TensorFlow.js runs, with the answers of our engine.
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ModelSettings } from '#shared/model-settings';
import type { CatalogueName } from '#shared/run-spec';
import { executeExport } from '#trainer/exports/execute-export';
import { savedModel } from '../exported-runs';
import { temporaryFolder } from '../temporary-folder';

export async function expectSameAnswers(model: CatalogueName, settings: ModelSettings): Promise<void> {
  const modelFolder = savedModel(model, [32, 32, model === 'lenet' ? 1 : 3], settings);
  const out = join(temporaryFolder(), 'taken');
  const { proof } = await executeExport({ modelFolder, as: 'tfjs', out, name: model }, () => {});
  // Otherwise it would not have been kept. Untrained U-Nets have logits beyond 1,000, whose rounding shows.
  expect(proof).toMatchObject({ kind: 'run', tolerance: 1e-3, samples: { count: 32, from: 'noise' } });
}
