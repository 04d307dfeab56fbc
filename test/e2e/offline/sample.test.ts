// The main flow needs no network: with none at all it imports, plans, trains, remembers and classifies.
import { test } from 'vitest';
import { sampleFlow } from '../sample-flow';
import { expectNoNetwork } from './no-network';

test('the sample is trained and asked where no network exists', { timeout: 4 * 60_000 }, async ({ skip }) => {
  await expectNoNetwork(skip);
  await sampleFlow({ epochs: 5, leastAccuracy: 75, looks: false });
});
