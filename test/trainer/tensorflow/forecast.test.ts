// What is said from shapes alone beside what trials measure, at sizes nobody measured before.
import { describe, expect, it } from 'vitest';
import { forecast } from '#engine/forecast';
import { CATALOGUE } from '#engine/models/catalogue';
import { createOptimizer } from '#engine/optimizers';
import { directRuntime } from '#test/support/direct-runtime';
import { forecasts } from '#test/support/forecasts';
import { describeTensorFlow } from '#test/support/tensorflow';
import { tinyNetwork } from '#test/support/tiny';

describeTensorFlow('a forecast', (runtime) => {
  forecasts(() => Promise.resolve(runtime()), { median: 0.1, worst: 0.25, line: 0.03 });

  it('grows with the piece in a line, but for what does not depend on it', () => {
    const sizes = [8, 16, 24, 32];
    const said = forecast(runtime(), CATALOGUE['mobilenet-v2'].build([64, 64, 3], 10), createOptimizer('sgd'), sizes)!;
    const [first, ...steps] = said.slice(1).map(({ stepBytes }, i) => stepBytes - said[i].stepBytes);
    for (const step of steps) expect(Math.abs(step / first - 1)).toBeLessThan(0.1);
    expect(new Set(said.map(({ updateBytes }) => updateBytes)).size).toBe(1);
  });
});

describe('a forecast', () => {
  it('is not there where an engine cannot tell', async () => {
    expect(forecast(await directRuntime(), tinyNetwork(), createOptimizer('sgd'), [4])).toBeUndefined();
  });
});
