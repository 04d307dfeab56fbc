// What shortcuts do, each in a few words, and how their keys are written on this computer's keyboard.
import { PLACE_KEYS, SHORTCUTS, type Command } from '#shared/shortcuts';

export interface ShortcutWords {
  title: string;
  rows: { does: string; keys: readonly string[] }[];
}

const DOES: Record<Command, string> = {
  data: 'Go to Data',
  plan: 'Go to Plan',
  run: 'Go to Run',
  history: 'Go to History',
  model: 'Go to Model',
  settings: 'Go to Settings',
  help: 'Help for what is shown, and back again',
  open: 'Choose a folder to import',
  start: 'Start training, or add the run to the queue (on Plan)',
  pause: 'Pause the run that trains',
  find: 'Find a run in History; in Help, search it',
};

const of = (...commands: Command[]) => commands.map((command) => ({ does: DOES[command], keys: SHORTCUTS[command] }));

export const SHORTCUT_WORDS: ShortcutWords[] = [
  {
    title: 'Everywhere',
    rows: [
      ...of('data', 'plan', 'run', 'history', 'model', 'settings', 'help', 'open', 'start', 'pause', 'find'),
      { does: 'Close what is open: a dialog, a search, Help', keys: ['escape'] },
    ],
  },
  {
    title: 'In lists, tables and tabs',
    rows: [
      { does: 'Go along rows, pictures, cells and tabs', keys: ['up', 'down', 'left', 'right'] },
      { does: 'To the beginning and to the end', keys: ['home', 'end'] },
      { does: 'Open the picture', keys: ['enter'] },
      { does: 'Choose the picture, too', keys: ['space'] },
      { does: 'Choose all pictures', keys: ['CmdOrCtrl+A'] },
    ],
  },
  {
    title: 'On a run in History',
    rows: [
      { does: 'Pin the run to the top, or let it go', keys: [PLACE_KEYS.pinRun] },
      { does: 'Tags and a note', keys: [PLACE_KEYS.markRun] },
      { does: 'Delete the run; Undo brings it back', keys: [PLACE_KEYS.deleteRun] },
    ],
  },
  {
    title: 'On a chart',
    rows: [
      { does: 'Read the values at one place after the other', keys: ['left', 'right'] },
      { does: 'Ten places at once', keys: ['pageup', 'pagedown'] },
      { does: 'Look closer and wider', keys: ['+', '-'] },
      { does: 'Move what is shown', keys: ['shift+left', 'shift+right'] },
    ],
  },
  {
    title: 'The window',
    rows: [
      { does: 'Larger, smaller, as large as usual', keys: ['CmdOrCtrl+Plus', 'CmdOrCtrl+-', 'CmdOrCtrl+0'] },
      { does: 'Search in Help', keys: [PLACE_KEYS.searchHelp] },
    ],
  },
];

/** By what accelerators call them, in small letters. */
const NAMES: Record<string, string> = {
  ...{ up: '↑', down: '↓', left: '←', right: '→', plus: '+', '-': '−', f1: 'F1' },
  escape: 'Esc',
  pageup: 'Page up',
  pagedown: 'Page down',
  home: 'Home',
  end: 'End',
  enter: 'Enter',
  space: 'Space',
  delete: 'Delete',
  shift: 'Shift',
  cmdorctrl: 'Ctrl',
};
const ON_A_MAC: Record<string, string> = { cmdorctrl: '⌘', shift: '⇧', enter: '↩', delete: '⌫' };
/** The order in which a Mac writes them. */
const MAC_ORDER = ['shift', 'cmdorctrl'];

/** "Ctrl+Shift+P" in its parts; on a Mac "⇧", "⌘" and "P". */
export function keyNames(keys: string, isMac: boolean): string[] {
  const parts = partsOf(keys);
  const names = isMac ? { ...NAMES, ...ON_A_MAC } : NAMES;
  const ordered = isMac
    ? [...MAC_ORDER.filter((part) => parts.includes(part)), ...parts.filter((part) => !MAC_ORDER.includes(part))]
    : parts;
  return ordered.map((part) => names[part] ?? part.toUpperCase());
}

/** As assistive programs are told: "Control+Shift+P". */
export const ariaKeys = (keys: string, isMac: boolean): string =>
  partsOf(keys)
    .map((part) => (part === 'cmdorctrl' ? (isMac ? 'meta' : 'control') : part))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('+');

/** A sign alone may be the plus itself. */
const partsOf = (keys: string): string[] => (keys.length === 1 ? [keys] : keys.toLowerCase().split('+'));
