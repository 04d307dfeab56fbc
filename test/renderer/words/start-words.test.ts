// Beside Start: whether the settings were measured, and about how long that takes where they were not.
import { expect, test } from 'vitest';
import { startWords } from '#renderer/words/start-words';

const outlook = { pieces: [32, 32], secondsPerEpoch: 60, updatesPerEpoch: 10, verdict: { kind: 'identical' as const } };
const fresh = { isMeasured: false, isKnown: false };

test('what is known is ready; what is not is measured first, as long as its pieces take', () => {
  expect(startWords({ ...fresh, isMeasured: true, outlook })).toBe('Measured: ready to start.');
  expect(startWords({ ...fresh, isKnown: true, outlook })).toBe('Measured before: ready to start.');
  expect(startWords({ ...fresh, outlook })).toMatch(/^Start measures first, which takes \d+ to \d+ s\.$/);
  expect(startWords({ ...fresh, outlook: { ...outlook, secondsPerEpoch: 600 } })).toMatch(/ \d+ to \d+ min\.$/);
  expect(startWords({ ...fresh, outlook: { ...outlook, secondsPerEpoch: undefined } })).toBe('Start measures first.');
  expect(startWords(fresh)).toBe('Start measures first.');
});
