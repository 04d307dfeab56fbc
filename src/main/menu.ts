// The application menu: the platform's own roles and accelerators, and the two folders people are asked for.
import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu, shell } from 'electron';

export function installMenu(folders: { data: string; logs: string }): void {
  const mac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { label: 'Show &Data Folder', click: () => void shell.openPath(folders.data) },
      { type: 'separator' },
      mac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
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
      ...(mac ? ([{ role: 'appMenu' }] as const) : []),
      file,
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
      help,
    ]),
  );
}
