// Shortcuts: each is heard on the keyboards people have, none while text is typed, and none is the system's or another's.
import { expect, test } from 'vitest';
import { commandOf, COMMANDS, SHORTCUTS, type Pressed } from '#shared/shortcuts';

const press = (key: string, over: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...over,
});
const ctrl = { ctrlKey: true };

test('a command is heard by its keys, with Ctrl elsewhere and with Cmd on a Mac', () => {
  expect(commandOf(press('2', { ...ctrl, code: 'Digit2' }), false, false)).toBe('plan');
  expect(commandOf(press('2', { ...ctrl, code: 'Digit2' }), true, false)).toBeUndefined();
  expect(commandOf(press('2', { metaKey: true, code: 'Digit2' }), true, false)).toBe('plan');
  expect(commandOf(press('Enter', ctrl), false, false)).toBe('start');
  expect(commandOf(press('P', { ...ctrl, shiftKey: true, code: 'KeyP' }), false, false)).toBe('pause');
  expect(commandOf(press('p', { ...ctrl, code: 'KeyP' }), false, false)).toBeUndefined();
  expect(commandOf(press('2', { code: 'Digit2' }), false, false)).toBeUndefined();
  expect(commandOf(press('f', { ...ctrl, altKey: true, code: 'KeyF' }), false, false)).toBeUndefined();
});

test('keyboards with digits behind Shift and with another alphabet have them in the same place', () => {
  // French: the key of the 1 writes "&".
  expect(commandOf(press('&', { ...ctrl, code: 'Digit1' }), false, false)).toBe('data');
  // Russian: the key of the F writes "а".
  expect(commandOf(press('а', { ...ctrl, code: 'KeyF' }), false, false)).toBe('find');
  // Where letters stand elsewhere, the letter counts: Dvorak writes "u" with the key of the F.
  expect(commandOf(press('u', { ...ctrl, code: 'KeyF' }), false, false)).toBeUndefined();
});

test('a sign is text where text is typed, and Help elsewhere, with Shift or without; F1 is Help everywhere', () => {
  expect(commandOf(press('?', { shiftKey: true }), false, false)).toBe('help');
  expect(commandOf(press('?'), false, false)).toBe('help');
  expect(commandOf(press('?', { shiftKey: true }), false, true)).toBeUndefined();
  expect(commandOf(press('F1'), false, true)).toBe('help');
});

/** What Chromium, the menu's roles, text fields and the systems take: Electron's names, on any of the three. */
const TAKEN = [
  ...[
    'A',
    'C',
    'V',
    'X',
    'Z',
    'Y',
    'Q',
    'W',
    'M',
    'H',
    'R',
    '0',
    '-',
    'Plus',
    'Tab',
    'Space',
    '`',
    'Shift+Z',
    'Shift+I',
    'Shift+V',
    'Alt+H',
  ].map((key) => `CmdOrCtrl+${key}`),
  ...[
    'F5',
    'F10',
    'F11',
    'F12',
    'Alt+F4',
    'Escape',
    'Tab',
    'Enter',
    'Space',
    'Delete',
    'Backspace',
    'CmdOrCtrl+Shift+?',
    'CmdOrCtrl+Shift+3',
  ],
];

test('no two commands have the same keys, and none has those of the system, the menu or text', () => {
  const all = COMMANDS.flatMap((command) => SHORTCUTS[command]);
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((keys) => TAKEN.includes(keys))).toEqual([]);
});
