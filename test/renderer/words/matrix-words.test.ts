// Two confusion matrices and their difference: what a cell says, whether it is better, and whose samples it shows.
import { expect, it } from 'vitest';
import { differenceLook, differingPairs, matrixLook, samplesOf } from '#renderer/words/matrix-words';

const labels = ['cat', 'dog'];
const [first, second] = [Uint32Array.of(6, 4, 0, 10), Uint32Array.of(9, 1, 2, 8)];

it('a cell is named by what is so and what is said, and is as strong as its share of the row', () => {
  const look = matrixLook(first, labels, 'pictures');
  expect(look({ truth: 0, answer: 1 })).toMatchObject({ text: '4', name: '4 pictures of cat, taken for dog', colour: 'bad' });
  expect(look({ truth: 1, answer: 1 })).toMatchObject({ name: '10 pictures of dog, recognized', colour: 'accent', strength: 42 });
  expect(look({ truth: 1, answer: 0 })).toMatchObject({ text: '·', strength: 0 });
});

it('the difference is signed, and better where more is right or less is wrong', () => {
  const look = differenceLook([first, second], labels, ['A', 'B']);
  const said = [0, 1].map((truth) => [0, 1].map((answer) => `${look({ truth, answer }).text} ${look({ truth, answer }).colour}`));
  expect(said).toEqual([
    ['+3 better', '−3 better'],
    ['+2 worse', '−2 worse'],
  ]);
  expect(look({ truth: 0, answer: 1 }).name).toBe('−3: cat, taken for dog (A 4, B 1)');
  // What is alike has no colour (control).
  expect(differenceLook([first, first], labels, ['A', 'B'])({ truth: 0, answer: 0 })).toMatchObject({ text: '·', strength: 0 });
});

it('of many classes lists what differs, most first', () => {
  expect(differingPairs(first, second, 2).map(({ truth, answer }) => [truth, answer])).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  expect(differingPairs(first, first, 2)).toEqual([]);
});

it('a cell shows the samples of the one it belongs to; of the difference, what one of them alone says', () => {
  const answers = {
    kind: 'classes' as const,
    labels,
    indices: Int32Array.of(10, 11, 12, 13),
    truth: Int32Array.of(0, 0, 0, 1),
    answers: [Int32Array.of(1, 1, 0, 1), Int32Array.of(1, 0, 0, 1)],
  };
  const of = (side: 'baseline' | 'other' | 'difference') => samplesOf(answers, 1, side, { truth: 0, answer: 1 }).map(({ index }) => index);
  expect([of('baseline'), of('other'), of('difference')]).toEqual([[10, 11], [10], [11]]);
  expect(samplesOf(answers, 1, 'difference', { truth: 0, answer: 1 })).toEqual([{ index: 11, truth: 0, baseline: 1, other: 0 }]);
});
