// A closer look shows what was asked for last, however late older answers come, and lets go of it.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test } from 'vitest';
import type { CurveZoom, Curves } from '#renderer/state/curve-zoom.svelte';
import type { CurvePart } from '#shared/curve';
import { buildProgram } from '#test/support/build-program';

test('the newest range counts; as many stretches as pixels are asked for', async () => {
  const built = await buildProgram('src/renderer/state/curve-zoom.svelte.ts', 'curve-zoom-state', svelte({ configFile: false }));
  const { CurveZoom: State } = (await import(pathToFileURL(built).href)) as { CurveZoom: typeof CurveZoom };
  const asked: CurvePart[] = [];
  const answers: ((curves: Curves) => void)[] = [];
  const zoom = new State((part) => {
    asked.push(part);
    return new Promise((resolve) => answers.push(resolve));
  });
  const curves = (step: number): Curves => ({ steps: [{ step, epoch: 1, loss: 1, accuracy: 1, seconds: 1 }], epochs: [] });

  const first = zoom.look(90.5, 10.2, 400);
  const second = zoom.look(20, 30, 1e6);
  expect(asked).toEqual([
    { from: 10, to: 91, stretches: 400 },
    { from: 20, to: 30, stretches: 4_000 },
  ]);
  answers[1](curves(25));
  answers[0](curves(50));
  await Promise.all([first, second]);
  expect([zoom.range, zoom.shown?.steps[0].step]).toEqual([{ from: 20, to: 30 }, 25]);

  const third = zoom.look(1, 2, 10);
  zoom.leave();
  answers[2](curves(1));
  await third;
  expect([zoom.range, zoom.shown]).toEqual([undefined, undefined]);
});
