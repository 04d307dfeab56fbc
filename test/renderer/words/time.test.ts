// Durations and dates as a person says them.
import { expect, test } from 'vitest';
import { about, briefly, day, lasting, roughly } from '#renderer/words/time';

test('a forecast has no more digits than it deserves', () => {
  expect([0.2, 31.4, 58, 89, 724, 3300, 5400, 36_000, 180_000].map(about)).toEqual([
    'under a second',
    'about 31 s',
    'about a minute',
    'about a minute',
    'about 12 min',
    'about an hour',
    'about 1.5 hours',
    'about 10 hours',
    'about 2 days',
  ]);
});

test('what is not measured is a span, of minutes from a minute and a half; what is measured is none', () => {
  expect([0.3, 0.8, 3, 20, 45, 90, 300, 6_000, 40_000, 500_000].map((seconds) => roughly(seconds, 2))).toEqual([
    'under a second',
    'up to 2 s',
    '2 to 6 s',
    '10 to 40 s',
    '25 s to 1.5 min',
    '45 s to 3 min',
    '3 to 10 min',
    '50 min to 3 hours',
    '6 to 20 hours',
    '3 to 10 days',
  ]);
  expect(roughly(20)).toBe('about 20 s');
  expect(roughly(140, 1.07)).toBe('2 to 2.5 min');
});

test('what is compared is told below a second, too', () => {
  const epochs = [0.0123, 0.04, 0.31, 2.34, 31].map((seconds) => briefly(seconds));
  expect(epochs).toEqual(['12 ms', '40 ms', '310 ms', '2.3 s', '31 s']);
  expect([0.0123, 0.09, 2.34, 31].map((seconds) => briefly(seconds, 1.8))).toEqual([
    '6.8 to 22 ms',
    '50 to 160 ms',
    '1.3 to 4.2 s',
    '15 to 55 s',
  ]);
});

test('a measured time never says 60 seconds or 60 minutes', () => {
  expect([4.21, 59.4, 59.7, 185, 3599.6, 7801].map(lasting)).toEqual([
    '4.2 s',
    '59 s',
    '1 min 00 s',
    '3 min 05 s',
    '1 h 00 min',
    '2 h 10 min',
  ]);
});

test('days are counted by midnights, not by 24 hours', () => {
  const now = new Date(2026, 10, 23, 0, 30);
  expect(day(new Date(2026, 10, 23, 0, 5).toISOString(), now)).toBe('today 00:05');
  expect(day(new Date(2026, 10, 22, 23, 50).toISOString(), now)).toBe('yesterday 23:50');
  expect(day(new Date(2026, 10, 12, 9, 0).toISOString(), now)).toBe('12 Nov 2026');
});
