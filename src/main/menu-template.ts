// The application menu as data: the platform's own roles and keys, the places of the window, and what can be done now.
import type { MenuItemConstructorOptions } from 'electron';
import { SHORTCUTS, type Command, type ItemCommand } from '#shared/shortcuts';
import type { RestartHow } from './restart';
import type { Situation } from './situation';

export interface MenuLook {
  isMac: boolean;
  isPackaged: boolean;
  isSafe?: boolean;
  /** Absent until the history is open. */
  now?: Situation;
  /** As they are called. */
  recent: readonly string[];
}

export interface MenuActs {
  /** Asks the window. */
  ask(command: Command | ItemCommand): void;
  openRecent(place: number): void;
  clearRecent(): void;
  showFolder(which: 'data' | 'logs'): void;
  restart(how: RestartHow): void;
  resume(runId: string): void;
  finish(runId: string): void;
}

type Item = MenuItemConstructorOptions;
const BETWEEN: Item = { type: 'separator' };

export function menuTemplate(look: MenuLook, acts: MenuActs): Item[] {
  const { isMac } = look;
  return [
    ...(isMac ? [appMenu(acts)] : []),
    fileMenu(look, acts),
    { role: 'editMenu' },
    viewMenu(look, acts),
    runMenu(look, acts),
    { role: 'windowMenu' },
    helpMenu(look, acts),
  ];
}

/** Its keys are only shown: the page hears them first and knows whether text is being typed. */
const asking = (acts: MenuActs, label: string, command: Command): Item => ({
  id: command,
  label,
  accelerator: SHORTCUTS[command][0],
  registerAccelerator: false,
  click: () => acts.ask(command),
});

/** Where settings and the app's own words stand on a Mac. */
const appMenu = (acts: MenuActs): Item => ({
  label: 'Overbatch',
  submenu: [
    { id: 'about', label: 'About Overbatch', click: () => acts.ask('about') },
    BETWEEN,
    asking(acts, 'Settings…', 'settings'),
    BETWEEN,
    { role: 'services' },
    BETWEEN,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    BETWEEN,
    { role: 'quit' },
  ],
});

const fileMenu = ({ isMac, recent }: MenuLook, acts: MenuActs): Item => ({
  label: '&File',
  submenu: [
    asking(acts, '&Open Data Folder…', 'open'),
    { label: 'Open Data &File…', click: () => acts.ask('openFile') },
    {
      id: 'recent',
      label: 'Open &Recent',
      enabled: recent.length > 0,
      submenu: [
        ...recent.map((name, i): Item => ({ label: `${digit(i)}${plain(name)}`, click: () => acts.openRecent(i) })),
        BETWEEN,
        { label: '&Clear This List', click: () => acts.clearRecent() },
      ],
    },
    BETWEEN,
    { label: '&Import Runs…', click: () => acts.ask('importRuns') },
    { label: '&Take a Model Away…', click: () => acts.ask('takeAway') },
    BETWEEN,
    ...(isMac ? [] : [asking(acts, '&Settings', 'settings')]),
    { label: 'Show &Data Folder', click: () => acts.showFolder('data') },
    BETWEEN,
    isMac ? { role: 'close' } : { role: 'quit' },
  ],
});

const viewMenu = ({ isPackaged }: MenuLook, acts: MenuActs): Item => ({
  label: '&View',
  submenu: [
    asking(acts, '&Data', 'data'),
    asking(acts, '&Plan', 'plan'),
    asking(acts, '&Run', 'run'),
    asking(acts, '&History', 'history'),
    asking(acts, '&Model', 'model'),
    BETWEEN,
    ...(isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }, BETWEEN] as const)),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    BETWEEN,
    { role: 'togglefullscreen' },
  ],
});

function runMenu({ now }: MenuLook, acts: MenuActs): Item {
  const training = now?.kind === 'training' ? now.runId : undefined;
  const paused = now?.kind === 'paused' ? now.runId : undefined;
  return {
    label: '&Run',
    submenu: [
      { ...asking(acts, '&Start, or Add to the Queue', 'start'), enabled: now !== undefined },
      BETWEEN,
      { ...asking(acts, '&Pause', 'pause'), enabled: training !== undefined },
      { id: 'resume', label: '&Resume', enabled: paused !== undefined, click: () => paused !== undefined && acts.resume(paused) },
      {
        id: 'finish',
        label: '&Finish Early',
        enabled: training !== undefined,
        click: () => training !== undefined && acts.finish(training),
      },
    ],
  };
}

const helpMenu = ({ isMac, isSafe }: MenuLook, acts: MenuActs): Item => ({
  role: 'help',
  submenu: [
    asking(acts, 'Overbatch &Help', 'help'),
    BETWEEN,
    { label: 'Show &Logs Folder', click: () => acts.showFolder('logs') },
    isSafe
      ? { label: 'Restart &Normally', click: () => acts.restart('normal') }
      : { label: 'Restart in &Safe Mode', click: () => acts.restart('safe') },
    ...(isMac ? [] : [BETWEEN, { id: 'about', label: '&About Overbatch', click: () => acts.ask('about') }]),
  ],
});

/** The first nine have a key each. */
const digit = (place: number): string => (place < 9 ? `&${place + 1} ` : '');

/** A name's own sign marks no key. */
const plain = (name: string): string => name.replaceAll('&', '&&');
