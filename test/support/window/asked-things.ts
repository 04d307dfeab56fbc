// What a model is asked and says, as "Try it" would show it.
import type { WhereLooked } from '#shared/asking';
import type { Prediction } from '#shared/prediction';
import type { Scene } from './scene';
import { DIGITS, previews } from './things';

export const PREDICTION: Prediction = {
  classes: [0.723, 0.164, 0.071, 0.02, 0.011, 0.006, 0.003, 0.001, 0.0006, 0.0004].map((probability, i) => ({
    label: '3829517046'[i],
    probability,
  })),
  seen: { width: 8, height: 8, channels: 1, pixels: previews(DIGITS)[25].pixels },
};

/** Strongest where a seven has its corner. */
export const WHERE: WhereLooked = {
  label: '3',
  method: 'grad-cam',
  columns: 4,
  rows: 4,
  strengths: Float32Array.from([0.1, 0.3, 0.8, 0.2, 0, 0.5, 1, 0.4, 0, 0.2, 0.6, 0.1, 0, 0, 0.1, 0]),
  probability: 0.723,
};

/** Some hundred from a folder, as they are answered. */
export const MANY_PICTURES: Pick<Scene, 'list' | 'answers' | 'question'> = {
  question: { kind: 'picture', labels: [...'0123456789'], answers: 'class' },
  list: {
    token: 'many',
    name: 'Holiday on the island',
    names: Array.from({ length: 160 }, (_, i) => `beach/IMG_${2000 + i}.jpg`),
    passed: 3,
    problems: [],
  },
  answers: Array.from({ length: 160 }, (_, i) => {
    if (i % 40 === 13) return { problem: 'The picture is cut off before its end. Copy it again from where it came from.' };
    const sure = 0.4 + 0.59 * Math.abs(Math.sin(i));
    return { shares: Float32Array.from({ length: 10 }, (_, label) => (label === i % 10 ? sure : (1 - sure) / 9)) };
  }),
};

/** A picture larger than those learnt from, with the mask found in its parts. */
export const MASKED: Prediction = {
  classes: [
    { label: 'background', probability: 0.62 },
    { label: 'leaf', probability: 0.31 },
    { label: 'spot', probability: 0.07 },
  ],
  mask: {
    labels: ['background', 'leaf', 'spot'],
    tiles: 96,
    pixels: Uint8Array.from({ length: 300 * 200 }, (_, i) => {
      const [x, y] = [(i % 300) - 150, Math.floor(i / 300) - 100];
      return (x - 30) ** 2 + y ** 2 < 900 ? 2 : x ** 2 / 4 + y ** 2 < 4900 ? 1 : 0;
    }),
  },
  seen: { width: 300, height: 200, channels: 1, pixels: Uint8Array.from({ length: 300 * 200 }, (_, i) => 90 + ((i * 7) % 60)) },
};
