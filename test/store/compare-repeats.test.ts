// Repeats in the history: by the content of their data, whether the app or the command line made them.
import { expect, test } from 'vitest';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Receipt } from '#shared/run-event';
import { compareRepeats } from '#store/compare-repeats';
import { recordRunEvent } from '#store/run-events';
import { createRun, deleteRun, saveReceipt } from '#store/runs';
import { finished, manifest, openTestStore, startTestRun } from './samples';

/** Pairs of two batch sizes; `ofApp`: from where on the app made them. */
function history(accuracies: [number, number][], ofApp: number) {
  const db = openTestStore();
  startTestRun(db);
  const accurate = (accuracy: number) => ({ loss: 0.2, accuracy, samples: 360 });
  accuracies.forEach((pair, seed) =>
    pair.forEach((accuracy, which) => {
      const id = `${'ab'[which]}${seed}`;
      const spec = { ...DEFAULT_SPEC, seed, batch: 64 * (1 + which) };
      createRun(db, { id, spec, folder: id, datasetName: 'digits', ...(seed >= ofApp && { datasetId: 'digits' }) });
      recordRunEvent(db, id, { ...finished('completed', 1), validation: accurate(accuracy) });
      saveReceipt(db, id, { dataset: { contentHash: manifest.contentHash } } as Receipt);
    }),
  );
  return db;
}

test('repeats of the app and of the command line are of one data set by its content', () => {
  const db = history(
    [
      [0.9, 0.93],
      [0.91, 0.935],
      [0.9, 0.94],
    ],
    1,
  );
  const [other, repeat] = compareRepeats(db, 'a0', ['b1', 'a2']);
  expect(other).toMatchObject({ repeats: { test: 'paired t', seeds: [0, 1, 2], drawnAnew: true, metric: 'accuracy' } });
  expect(other).not.toHaveProperty('isRepeat');
  expect(repeat).toEqual({ isRepeat: true });
  // A deleted one is out, and with two of them there is no second pair.
  deleteRun(db, 'a1');
  expect(compareRepeats(db, 'a0', ['b1'])[0].repeats!.seeds).toEqual([0, 2]);
  deleteRun(db, 'b2');
  expect(compareRepeats(db, 'a0', ['b1'])).toEqual([{}]);
});
