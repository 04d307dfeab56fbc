// The tray's icon fills from the left as far as the run is.
import { expect, test } from 'vitest';
import { TRAY_SIDE, trayPixels } from '#main/tray-picture';

const coloured = (share: number): number => {
  const pixels = trayPixels(share);
  const [blue, green, red, alpha] = trayPixels(1).subarray(4 * (5 * TRAY_SIDE + 2));
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i] === blue && pixels[i + 1] === green && pixels[i + 2] === red && pixels[i + 3] === alpha) count++;
  }
  return count;
};

test('nothing is filled at first, all at the end, more with every tenth between', () => {
  const filled = Array.from({ length: 11 }, (_, tenth) => coloured(tenth / 10));
  expect(filled[0]).toBe(0);
  expect(filled[10]).toBe(28 * 10 + 3 * 8 * 10);
  for (let i = 1; i < filled.length; i++) expect(filled[i]).toBeGreaterThan(filled[i - 1]);
});
