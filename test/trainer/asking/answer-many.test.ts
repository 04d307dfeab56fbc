// Many pictures answered: each as alone, broken ones named in their place, nothing kept, and cancelled between two.
import { memory } from '@tensorflow/tfjs-core';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { initialWeights } from '#engine/initialize';
import type { PictureAnswer } from '#shared/asking';
import { NEVER, openForTest } from '#test/support/ask-once';
import { pngBytes, pngHeader, pngOf, writeAt } from '#test/support/pictures';
import { smallNetwork } from '#test/support/small-networks';
import { temporaryFolder } from '#test/support/temporary-folder';
import { answerMany } from '#trainer/asking/answer-many';
import { answerPicture } from '#trainer/asking/answer-picture';
import { loadEngine } from '#trainer/backend';
import { pictureFacts, saveModel } from '#trainer/saved-model';

const LABELS = ['cat', 'dog', 'owl'];

function savedModel(): string {
  const folder = temporaryFolder();
  const network = smallNetwork('small-cnn', 3);
  saveModel(folder, 'small-cnn', network, initialWeights(network, 1), pictureFacts(LABELS, network.inputShape));
  return folder;
}

async function collect(answers: AsyncIterable<PictureAnswer[]>): Promise<PictureAnswer[]> {
  const all: PictureAnswer[] = [];
  for await (const some of answers) all.push(...some);
  return all;
}

beforeAll(() => loadEngine('wasm'));

test('each is answered as it is alone, in order, more of them than are asked about at once', async () => {
  const model = await openForTest(savedModel());
  const root = temporaryFolder();
  const files = Array.from({ length: 2 * model.atOnce + 3 }, (_, i) =>
    writeAt(root, `${i}.png`, pngBytes({ seed: i, width: 9 + (i % 5) })),
  );
  const before = memory().numTensors;
  const answers = await collect(answerMany(model, files, NEVER));
  expect(memory().numTensors).toBe(before);
  expect(answers).toHaveLength(files.length);
  for (const i of [0, 1, model.atOnce, files.length - 1]) {
    const { classes } = await answerPicture(model, { file: files[i] }, { signal: NEVER });
    const answer = answers[i];
    if ('problem' in answer) throw new Error(answer.problem);
    for (const { label, probability } of classes) expect(answer.shares[LABELS.indexOf(label)]).toBeCloseTo(probability, 6);
  }
  // The control: not all are answered alike.
  expect(answers[0]).not.toEqual(answers[1]);
});

test('what is no picture, cut off, empty, far too large or gone has one sentence each, and the others are answered', async () => {
  const model = await openForTest(savedModel());
  const root = temporaryFolder();
  const whole = pngBytes({ width: 40, height: 40 });
  const files = [
    writeAt(root, 'letter.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n'),
    writeAt(root, 'letter.png', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n'),
    writeAt(root, 'empty.png', ''),
    writeAt(root, 'good.png', whole),
    writeAt(root, 'cut.png', whole.subarray(0, whole.length / 2)),
    writeAt(root, 'huge.png', pngOf(pngHeader(25_000, 20_000), Buffer.alloc(64))),
    join(root, 'gone.png'),
  ];
  copyFileSync(files[3], join(root, 'last.png'));
  files.push(join(root, 'last.png'));
  const answers = await collect(answerMany(model, files, NEVER));
  const problems = answers.map((answer) => ('problem' in answer ? answer.problem : 'answered'));
  expect(problems).toEqual([
    'This is not a picture. Choose another picture.',
    'The file is named like a picture, but its content is none. Choose another picture.',
    'The file is empty (0 bytes). Choose another picture.',
    'answered',
    'The picture is cut off before its end. Copy it again from where it came from.',
    expect.stringMatching(
      /^The picture declares 25000 × 20000 pixels, 1\.\d+ GB once decoded; at most .* are read\. Make a smaller copy of it\.$/,
    ),
    expect.stringMatching(/Choose another picture\.$/),
    'answered',
  ]);
  for (const [i, problem] of problems.entries())
    if (problem !== 'answered') await expect(answerPicture(model, { file: files[i] }, { signal: NEVER })).rejects.toThrow(problem);
});

test('it ends between two when it is cancelled, and another question is answered after it', async () => {
  const model = await openForTest(savedModel());
  const root = temporaryFolder();
  const files = Array.from({ length: 3 * model.atOnce }, (_, i) => writeAt(root, `${i}.png`, pngBytes({ seed: i })));
  const ended = new AbortController();
  const seen: PictureAnswer[] = [];
  const asking = (async () => {
    for await (const some of answerMany(model, files, ended.signal)) {
      seen.push(...some);
      ended.abort();
    }
  })();
  await expect(asking).rejects.toThrow('Cancelled');
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.length).toBeLessThan(files.length);
  expect(await collect(answerMany(model, files.slice(0, 2), NEVER))).toHaveLength(2);
});
