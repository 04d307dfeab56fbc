// How keys are written: as they are called on a keyboard, in a Mac's signs and order, and for assistive programs.
import { expect, test } from 'vitest';
import { COMMANDS, SHORTCUTS } from '#shared/shortcuts';
import { ariaKeys, keyNames, SHORTCUT_WORDS } from '#renderer/words/shortcut-words';

test('keys are written as the keyboard has them', () => {
  expect(keyNames('CmdOrCtrl+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P']);
  expect(keyNames('CmdOrCtrl+Shift+P', true)).toEqual(['⇧', '⌘', 'P']);
  expect(keyNames('CmdOrCtrl+Plus', false)).toEqual(['Ctrl', '+']);
  expect(keyNames('+', false)).toEqual(['+']);
  expect(keyNames('CmdOrCtrl+-', false)).toEqual(['Ctrl', '−']);
  expect(keyNames('pageup', false)).toEqual(['Page up']);
  expect([ariaKeys('CmdOrCtrl+Enter', false), ariaKeys('CmdOrCtrl+Enter', true)]).toEqual(['Control+Enter', 'Meta+Enter']);
});

test('Help lists every command', () => {
  const listed = SHORTCUT_WORDS.flatMap(({ rows }) => rows.map(({ keys }) => keys.join(' ')));
  for (const command of COMMANDS) expect(listed).toContain(SHORTCUTS[command].join(' '));
});
