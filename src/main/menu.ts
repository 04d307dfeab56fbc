// Shows the application menu, anew only where it says something else: one that is open would close.
import { app, Menu, shell } from 'electron';
import { menuTemplate, type MenuActs, type MenuLook } from './menu-template';
import { recentLabels, type RecentData } from './recent-data';
import type { Watch } from './situation';

/** What the menu needs beside the folders, once the history is open. */
export interface MenuServices extends Pick<MenuActs, 'ask' | 'resume' | 'finish'> {
  watch: Watch;
  recent: RecentData;
  /** As if it had been handed over. */
  open(file: string): void;
}

/** What it needs from the first moment. */
export interface MenuGrounds extends Pick<MenuActs, 'restart'> {
  folders: { data: string; logs: string };
  isSafe: boolean;
}

/** @returns what brings in the rest; until then nothing is asked of the window */
export function installMenu({ folders, isSafe, restart }: MenuGrounds): (services: MenuServices) => void {
  let services: MenuServices | undefined;
  let shown = '';
  const acts: MenuActs = {
    ask: (command) => services?.ask(command),
    openRecent: (place) => {
      const file = services?.recent.all[place];
      if (file !== undefined) services?.open(file);
    },
    clearRecent: () => services?.recent.clear(),
    restart,
    showFolder: (which) => void shell.openPath(folders[which]),
    resume: (runId) => services?.resume(runId),
    finish: (runId) => services?.finish(runId),
  };
  const show = () => {
    const now = services?.watch.now;
    const recent = recentLabels(services?.recent.all ?? []);
    const look: MenuLook = { isMac: process.platform === 'darwin', isPackaged: app.isPackaged, isSafe, recent, ...(now && { now }) };
    // How far a run is stands nowhere in it.
    const said = JSON.stringify([now?.kind, now && 'runId' in now && now.runId, recent]);
    if (said === shown) return;
    shown = said;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(look, acts)));
  };
  show();
  return (given) => {
    services = given;
    given.watch.onChange(show);
    given.recent.onChange(show);
    show();
  };
}
