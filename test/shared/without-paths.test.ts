// What leaves the computer names no place on it.
import { expect, it } from 'vitest';
import { withoutPaths } from '#shared/without-paths';
import type { Receipt } from '#shared/run-event';

const receipt = (over: object): Receipt =>
  ({ format: 1, seed: 3, final: { train: { loss: 0.5, accuracy: 0.9, samples: 9 } }, ...over }) as unknown as Receipt;

it.each([
  ['/home/ada/runs/7/model.json', '…/model.json'],
  [
    'could not be loaded: /home/ada/.cache/overbatch/libtensorflow.so.2: no such file',
    'could not be loaded: …/libtensorflow.so.2: no such file',
  ],
  ['C:\\Users\\Ada Byron\\models\\a.bin', '…/a.bin'],
  ['\\\\server\\share\\ada\\a.bin', '…/a.bin'],
  ['~/photos/cats/1.png', '…/1.png'],
  ['run:/home/ada/runs/7', 'run:7'],
  ['/home/ada', '…'],
  ['C:\\Users\\Ada', '…'],
  ['/ada', '…'],
  ['~/notes.txt', '…/notes.txt'],
  ['/home/ada/Ada Byron', '…'],
])('%s', (text, clean) => {
  expect(withoutPaths(receipt({ engine: { skipped: [{ reason: text }] } }))).toMatchObject({ engine: { skipped: [{ reason: clean }] } });
});

it.each(['36 samples/s', 'loss 0.5, and/or 0.4', 'TensorFlow 2.21.0 on CPU', 'run:3f2c'])('"%s" is no place and stays', (text) => {
  expect(withoutPaths(receipt({ engine: { reason: text } }))).toEqual(receipt({ engine: { reason: text } }));
});

it('what the person named stays as about.json has it', () => {
  const given = receipt({ dataset: { name: '/left/right', labels: ['/a/b', 'c'] } });
  expect(withoutPaths(given)).toEqual(given);
});

it('numbers and what is absent stay as they are', () => {
  const given = receipt({ spec: { start: undefined, budgetBytes: 12 }, recoveries: [{ step: 4 }] });
  expect(withoutPaths(given)).toEqual(given);
});
