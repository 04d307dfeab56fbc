// The keys that do something: the menu, the window and the list in Help take them from here.

/** What a shortcut or a menu item asks of the window. */
export const COMMANDS = ['data', 'plan', 'run', 'history', 'model', 'settings', 'help', 'open', 'start', 'pause', 'find'] as const;
export type Command = (typeof COMMANDS)[number];

/** What only the menu asks of the window, without keys. */
export const ITEM_COMMANDS = ['openFile', 'importRuns', 'takeAway', 'about'] as const;
export type ItemCommand = (typeof ITEM_COMMANDS)[number];

/** As Electron writes accelerators; the first is the menu's. One letter alone is none while text is typed. */
export const SHORTCUTS: Record<Command, readonly [string, ...string[]]> = {
  data: ['CmdOrCtrl+1'],
  plan: ['CmdOrCtrl+2'],
  run: ['CmdOrCtrl+3'],
  history: ['CmdOrCtrl+4'],
  model: ['CmdOrCtrl+5'],
  settings: ['CmdOrCtrl+,'],
  help: ['F1', '?'],
  open: ['CmdOrCtrl+O'],
  start: ['CmdOrCtrl+Enter'],
  pause: ['CmdOrCtrl+Shift+P'],
  find: ['CmdOrCtrl+F'],
};

/** Keys of a single place, which work while the focus is there. */
export const PLACE_KEYS = { pinRun: 'P', markRun: 'T', deleteRun: 'delete', searchHelp: '/' } as const;

/** A key as the browser tells of it. */
export interface Pressed {
  key: string;
  /** Its place on the keyboard: digits need Shift on some, and other alphabets have other letters. */
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export const isKey = (pressed: Pressed, key: string): boolean =>
  !pressed.ctrlKey && !pressed.metaKey && !pressed.altKey && pressed.key.toLowerCase() === key.toLowerCase();

/** @param isTyping the focus is where text is typed */
export function commandOf(pressed: Pressed, isMac: boolean, isTyping: boolean): Command | undefined {
  return COMMANDS.find((command) => SHORTCUTS[command].some((keys) => isPressed(pressed, keys, isMac) && !(isTyping && keys.length === 1)));
}

function isPressed(pressed: Pressed, keys: string, isMac: boolean): boolean {
  const [key, ...modifiers] = keys.split('+').reverse();
  // A sign stands where the keyboard has it, with Shift or without.
  if (keys.length === 1) return isKey(pressed, key);
  const wanted = modifiers.includes('CmdOrCtrl');
  const [main, other] = isMac ? [pressed.metaKey, pressed.ctrlKey] : [pressed.ctrlKey, pressed.metaKey];
  if (main !== wanted || other || pressed.altKey || pressed.shiftKey !== modifiers.includes('Shift')) return false;
  if (/^\d$/.test(key)) return pressed.code === `Digit${key}` || pressed.key === key;
  if (/^[A-Z]$/.test(key) && !/^[a-z]$/i.test(pressed.key)) return pressed.code === `Key${key}`;
  return pressed.key.toLowerCase() === key.toLowerCase();
}
