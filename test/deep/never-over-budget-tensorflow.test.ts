// No run passes its budget, on TensorFlow.
import { neverOverBudget } from '#test/support/never-over-budget';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('budgets', (runtime) => neverOverBudget(() => Promise.resolve(runtime()), 50));
