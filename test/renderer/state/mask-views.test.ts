// Masks that are looked at: what is in sight and chosen is there, within a bound of memory. The state as it is compiled, against views of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { MaskViewer as State } from '#renderer/state/mask-views.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let MaskViewer: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/mask-views.svelte.ts', 'mask-views-state', svelte({ configFile: false }));
  ({ MaskViewer } = (await import(pathToFileURL(built).href)) as { MaskViewer: typeof State });
});

/** Each picture's pixels are its number; `side`: large ones of which few are kept. */
function viewer(side: number) {
  const asked: number[][] = [];
  const area = side * side;
  const api = {
    viewMasks: (_run: string, samples: number[]) => {
      asked.push(samples);
      const bytes = new Uint8Array(samples.length * area);
      samples.forEach((sample, i) => bytes.fill(sample, i * area, (i + 1) * area));
      return Promise.resolve({ ok: true, value: { width: side, height: side, channels: 1, pixels: bytes, truth: bytes, found: bytes } });
    },
  };
  return { views: new MaskViewer(api as unknown as WindowApi, 'run'), asked };
}
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

test('small ones are all there, each its own, asked for once', async () => {
  const { views, asked } = viewer(4);
  await views.want(upTo(100));
  expect(upTo(100).map((sample) => views.get(sample)!.found[0])).toEqual(upTo(100));
  expect(asked.flat().sort((a, b) => a - b)).toEqual(upTo(100));
  await views.want(upTo(10, 5));
  expect(asked.flat()).toHaveLength(100);
});

test('of large ones what matters most is there, however many are in sight, and nothing is asked for to be thrown away', async () => {
  // 3 MB each: 42 in 128 MB.
  const { views, asked } = viewer(1000);
  await views.want([7, ...upTo(60)]);
  expect(asked.every(({ length }) => length <= 42)).toBe(true);
  expect(views.get(7)).toBeDefined();
  expect(upTo(60).filter((sample) => views.get(sample))).toEqual(upTo(42));
  expect(asked.flat()).toHaveLength(42);
  // Scrolled on: what is out of sight makes room, and the chosen one stays.
  await views.want([7, ...upTo(30, 60)]);
  expect([7, ...upTo(30, 60)].every((sample) => views.get(sample))).toBe(true);
  expect(upTo(90).filter((sample) => views.get(sample))).toHaveLength(42);
});

test('left, nothing more is asked for, and the model is let go', async () => {
  const calls: string[] = [];
  let end: (answer: unknown) => void = () => {};
  const api = {
    viewMasks: () => (calls.push('view'), new Promise((resolve) => (end = resolve))),
    leaveModel: () => {
      calls.push('leave');
      end({ ok: false, failure: { kind: 'cancelled' }, sentence: '' });
      return Promise.resolve({ ok: true, value: undefined });
    },
  };
  const views = new MaskViewer(api as unknown as WindowApi, 'run');
  const wanted = views.want([1]);
  views.leave();
  await wanted;
  expect([calls, views.fetching.problem]).toEqual([['view', 'leave'], undefined]);
});
