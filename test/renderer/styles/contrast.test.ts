// WCAG 2.2 AA for every pair of colours the window puts together, in light and dark, by the formula of WCAG 2.x.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RUN_COLOURS } from '#renderer/words/chart-series';

const css = readFileSync(join(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8');
const [light, dark] = css.split('@media (prefers-color-scheme: dark)');
const tokens = (text: string) => new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name, value]));
const THEMES = { light: tokens(light), dark: tokens(dark.split('@media')[0]) };

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const SURFACES = ['canvas', 'chrome', 'panel', 'sunken'];
const TEXT: [string, string[]][] = [
  ['ink', [...SURFACES, 'accent-soft', 'good-soft', 'warn-soft', 'bad-soft']],
  ['muted', [...SURFACES, 'good-soft', 'warn-soft', 'bad-soft']],
  ['accent', [...SURFACES, 'accent-soft']],
  ['on-accent', ['accent', 'accent-hover']],
  ['good', ['good-soft', 'panel']],
  ['warn', ['warn-soft', 'panel']],
  ['bad', ['bad-soft', 'panel', 'canvas']],
];
/** Borders of controls, lines and bars that carry meaning. */
const SHAPES: [string, string[]][] = [
  ['edge', ['canvas', 'panel', 'sunken']],
  ...[
    ...['train', 'validation', 'part-parameters', 'part-accumulator', 'part-optimizer', 'part-activations', 'accent'],
    ...RUN_COLOURS,
  ].map((name): [string, string[]] => [name, ['panel', 'sunken']]),
];

test.each(Object.entries(THEMES))('%s: text has 4.5 : 1, shapes have 3 : 1', (_theme, colours) => {
  const tooClose = (pairs: [string, string[]][], least: number) =>
    pairs.flatMap(([on, grounds]) =>
      grounds
        .map((ground) => ({ on, ground, ratio: contrast(colours.get(on)!, colours.get(ground)!) }))
        .filter(({ ratio }) => ratio < least),
    );
  expect(tooClose(TEXT, 4.5)).toEqual([]);
  expect(tooClose(SHAPES, 3)).toEqual([]);
});

test('the formula itself: black on white is 21 : 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});
