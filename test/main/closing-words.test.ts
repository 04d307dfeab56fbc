// What is asked before closing: which run, how far, what waits; no tray is promised where none is known.
import { expect, test } from 'vitest';
import { closeQuestion, quitQuestion } from '#main/closing-words';
import { showsIcons, hasTray } from '#main/has-tray';

const training = { kind: 'training', runId: 'r', name: 'digits, batch 256', share: 0.4199, waiting: 2 } as const;

test('it names the run, how far it is, and the runs that wait', () => {
  const { message, detail, answers } = closeQuestion(training, false)!;
  expect(message).toBe('“digits, batch 256” is still training, 41 % done.');
  expect(detail).toMatch(/2 runs wait after it\. .* if you quit, they are kept and go on when you start them\.$/);
  expect(answers.map(({ means }) => means)).toEqual(['go-on', 'pause', 'stop', 'stay']);
  expect(closeQuestion({ ...training, waiting: 0 }, false)!.detail).not.toContain('wait');
  expect(closeQuestion({ ...training, share: undefined }, false)!.message).toBe('“digits, batch 256” is being started.');
  expect(quitQuestion({ ...training, waiting: 1 })!.detail).toMatch(/the waiting run is kept; it goes on when you start it\.$/);
  expect(quitQuestion({ ...training, waiting: 0 })!.detail).not.toContain('wait');
});

test('a tray is spoken of where the desktop is known to show one, and only there', () => {
  expect(closeQuestion(training, true)!.detail).toContain('tray');
  const { detail } = closeQuestion(training, false)!;
  expect(detail).not.toContain('tray');
  expect(detail).toContain('starting Overbatch again brings the window back');
});

test('nothing is asked where nothing trains', () => {
  for (const now of [
    { kind: 'idle', waiting: 0 },
    { kind: 'held', problem: 'p', waiting: 1 },
    { kind: 'paused', runId: 'r', name: 'n', share: 0.5, waiting: 1 },
  ] as const)
    expect([closeQuestion(now, true), quitQuestion(now)]).toEqual([undefined, undefined]);
});

test('of Linux desktops only one that says so on its bus is known to have a tray', async () => {
  expect(await hasTray('win32', {})).toBe(true);
  expect(await hasTray('linux', { PATH: process.env.PATH })).toBe(false);
  expect(await hasTray('linux', { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' })).toBe(false);
  expect(showsIcons('method return time=1\n   variant       boolean true\n')).toBe(true);
  expect(showsIcons('method return time=1\n   variant       boolean false\n')).toBe(false);
});
