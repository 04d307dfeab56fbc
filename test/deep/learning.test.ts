// The larger architectures of a kind learn, too: of the same layers as the one of test/trainer/tensorflow/models.test.ts, more of them.
import { CLASS_MODELS } from '#shared/run-spec';
import { learningSuite } from '#test/support/learning-suite';
import { LARGER } from '#test/support/small-networks';

learningSuite(CLASS_MODELS.filter((model) => LARGER.includes(model)));
