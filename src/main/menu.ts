// The application menu: the platform's own roles and accelerators, the places of the window, and the two folders people are asked for.
import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu, shell } from 'electron';
import { SHORTCUTS, type Command } from '#shared/shortcuts';

/** Of a Mac, where settings stand in the menu of the app. */
const appMenu = (settings: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
  label: app.name,
  submenu: [
    { role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { role: 'quit' },
  ],
});

/** @param act asks the window */
export function installMenu(folders: { data: string; logs: string }, act: (command: Command) => void): void {
  const mac = process.platform === 'darwin';
  /** Its keys are only shown: the page hears them first and knows whether text is being typed. */
  const item = (label: string, command: Command): MenuItemConstructorOptions => ({
    label,
    accelerator: SHORTCUTS[command][0],
    registerAccelerator: false,
    click: () => act(command),
  });
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      item('&Open Folder…', 'open'),
      ...(mac ? [] : [item('&Settings', 'settings')]),
      { type: 'separator' },
      { label: 'Show &Data Folder', click: () => void shell.openPath(folders.data) },
      { type: 'separator' },
      mac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      item('&Data', 'data'),
      item('&Plan', 'plan'),
      item('&Run', 'run'),
      item('&History', 'history'),
      item('&Model', 'model'),
      { type: 'separator' },
      ...(app.isPackaged ? [] : ([{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }] as const)),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      item('Overbatch &Help', 'help'),
      { type: 'separator' },
      { label: 'Show &Logs Folder', click: () => void shell.openPath(folders.logs) },
      ...(mac ? [] : ([{ type: 'separator' }, { role: 'about' }] as const)),
    ],
  };
  app.setAboutPanelOptions({
    applicationName: 'Overbatch',
    applicationVersion: app.getVersion(),
    copyright: 'Licensed under the Apache License 2.0',
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [appMenu(item('Settings…', 'settings'))] : []),
      file,
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
      help,
    ]),
  );
}
