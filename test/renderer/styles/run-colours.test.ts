// Lines of compared runs are told apart by people who see fewer colours: every two colours of a theme are far apart as each kind of eye sees them.
// Eyes: Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1, in linear RGB.
// Distance: CIEDE2000 (Sharma, Wu & Dalal 2005). Dashes differ besides.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RUN_COLOURS } from '#renderer/words/chart-series';
import { runLooks } from '#renderer/words/compared-runs';
import { comparisonPage } from '#shared/comparison/comparison-page';
import { COMPARED } from '#test/support/compared-document';

type Triple = readonly [number, number, number];

const EYES: Record<string, readonly Triple[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (rows: readonly Triple[], [x, y, z]: Triple): Triple => rows.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;

const linear = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;

/** Of sRGB and its white, D65. */
const XYZ: readonly Triple[] = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

function lab(rgb: Triple): Triple {
  const inGamut = rgb.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const [x, y, z] = times(XYZ, inGamut).map((value) => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const DEGREE = Math.PI / 180;

function ciede2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 1 + 0.5 * (1 - Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot(g * a1, b1), Math.hypot(g * a2, b2)];
  const hue = (a: number, b: number): number => (a === 0 && b === 0 ? 0 : (Math.atan2(b, g * a) / DEGREE + 360) % 360);
  const [h1, h2] = [hue(a1, b1), hue(a2, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * DEGREE)];
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = isGrey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const wave = (share: number, of: number, by: number): number => share * Math.cos((of * h + by) * DEGREE);
  const t = 1 - wave(0.17, 1, -30) + wave(0.24, 2, 0) + wave(0.32, 3, 6) - wave(0.2, 4, -63);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * DEGREE);
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + (rt * dc * dh) / (sc * sh));
}

const css = readFileSync(join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8');
const [light, dark] = css.split('@media (prefers-color-scheme: dark)');
const coloursOf = (text: string): string[] => RUN_COLOURS.map((name) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(text)![1]);
const THEMES = { light: coloursOf(light), dark: coloursOf(dark) };

/** The two that any kind of eye finds most alike. */
const nearest = (colours: readonly string[]): { apart: number; eye: string; pair: string[] } =>
  Object.entries(EYES)
    .flatMap(([eye, rows]) => {
      const seen = colours.map((colour) => lab(times(rows, linear(colour))));
      return seen.flatMap((one, i) =>
        seen.slice(0, i).map((other, j) => ({ apart: ciede2000(one, other), eye, pair: [colours[j], colours[i]] })),
      );
    })
    .reduce((a, b) => (b.apart < a.apart ? b : a));

/** About 2 is just seen side by side. Found: 10.9 in light, 11.0 in dark. */
const LEAST_APART = 10.5;

test.each(Object.entries(THEMES))('%s: every two colours of runs are far apart for every kind of eye', (_theme, colours) => {
  expect(nearest(colours)).toSatisfy(({ apart }) => apart >= LEAST_APART);
});

test('those of before were not (control), and each run has a dash of its own besides', () => {
  const before = ['#0a5fa8', '#c8500a', '#00785a', '#a8458c', '#191d24', '#8a6a00', '#2f87c2', '#6a4fb0'];
  expect(nearest(before)).toMatchObject({ pair: ['#c8500a', '#8a6a00'] });
  expect(nearest(before).apart).toBeLessThan(3);
  const looks = runLooks(RUN_COLOURS.map((_, i) => ({ startedAt: String(i) })));
  expect(new Set(looks.map(({ dash }) => dash.join())).size).toBe(RUN_COLOURS.length);
});

test('a report has the colours of the window, in both themes', () => {
  const page = comparisonPage(COMPARED);
  for (const colours of Object.values(THEMES))
    expect(page).toContain(colours.map((colour, i) => `.${'ABCDEFGH'[i]} { --own: ${colour} }`).join(' '));
});

test('the formula itself, by pairs of its paper', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4);
});
