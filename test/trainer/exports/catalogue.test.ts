// A model of every kind of layer leaves as files that stock TensorFlow.js runs. All of the catalogue: test/deep/exports.test.ts.
import { it } from 'vitest';
import type { ModelSettings } from '#shared/model-settings';
import type { CatalogueName } from '#shared/run-spec';
import { withExportedPage } from '#test/support/exported-page';
import { expectSameAnswers } from '#test/support/exports/leaves-as-files';

withExportedPage();

it.each<[CatalogueName, ModelSettings]>([
  ['lenet', {}],
  ['resnet-8', { normalization: 'group' }],
  ['mobilenet-v2', {}],
  ['u-net-light', {}],
])('%s %j', expectSameAnswers, 120_000);
