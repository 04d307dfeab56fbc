// One architecture of each kind that answers with a class learns (u-net.test.ts has the other; test/deep/learning.test.ts the larger ones of a kind).
import { vi } from 'vitest';
import { CLASS_MODELS } from '#shared/run-spec';
import { learningSuite } from '#test/support/learning-suite';
import { LARGER } from '#test/support/small-networks';

/** The first update compiles a function for each shape of weight. */
vi.setConfig({ testTimeout: 120_000 });

learningSuite(CLASS_MODELS.filter((model) => !LARGER.includes(model)));
