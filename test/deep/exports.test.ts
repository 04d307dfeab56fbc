// Every model of the catalogue leaves as files that stock TensorFlow.js runs, with the answers of our engine on 32 samples.
import { it } from 'vitest';
import { MODEL_NAMES } from '#shared/run-spec';
import { withExportedPage } from '#test/support/exported-page';
import { expectSameAnswers } from '#test/support/exports/leaves-as-files';

withExportedPage();

it.each(MODEL_NAMES)('%s', (model) => expectSameAnswers(model, {}));
