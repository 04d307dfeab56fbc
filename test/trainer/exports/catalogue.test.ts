// Every model of the catalogue leaves as files that stock TensorFlow.js runs, with the answers of our engine on 32 samples.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ModelSettings } from '#shared/model-settings';
import { MODEL_NAMES, type CatalogueName } from '#shared/run-spec';
import { withExportedPage } from '#test/support/exported-page';
import { savedModel } from '#test/support/exported-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeExport } from '#trainer/exports/execute-export';

withExportedPage();

const GROUPS: [CatalogueName, ModelSettings][] = [['resnet-8', { normalization: 'group' }]];

it.each([...MODEL_NAMES.map((name): [CatalogueName, ModelSettings] => [name, {}]), ...GROUPS])(
  '%s %j',
  async (model, options) => {
    const modelFolder = savedModel(model, [32, 32, model === 'lenet' ? 1 : 3], options);
    const out = join(temporaryFolder(), 'taken');
    const { proof } = await executeExport({ modelFolder, as: 'tfjs', out, name: model }, () => {});
    // Otherwise it would not have been kept. Untrained U-Nets have logits beyond 1,000, whose rounding shows.
    expect(proof).toMatchObject({ kind: 'run', tolerance: 1e-3, samples: { count: 32, from: 'noise' } });
  },
  120_000,
);
