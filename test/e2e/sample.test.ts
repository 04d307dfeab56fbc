// A new user trains the digits, reads the result, restarts and tries the model; every page is looked at.
import { test } from 'vitest';
import { sampleFlow } from './sample-flow';

test('the digits are trained in micro-batches of 32 to 97 % and more, by clicking alone', { timeout: 8 * 60_000 }, () =>
  sampleFlow({ epochs: 15, leastAccuracy: 97, looks: true }),
);
