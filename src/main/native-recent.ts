// The system's own list of recent documents, the jump list of Windows and the dock's menu of macOS.
import path from 'node:path';
import { app, Menu } from 'electron';
import type { RecentData, SystemRecent } from './recent-data';
import { recentLabels } from './recent-data';
import type { Watch } from './situation';
import { trayLook, type TrayAction } from './tray-menu';

export const systemRecent: SystemRecent = {
  add: (file) => app.addRecentDocument(file),
  clear: () => app.clearRecentDocuments(),
};

/** Windows lists as documents only what it opens with this app by itself: each is a start with that file here. */
export function showJumpList(recent: RecentData): void {
  if (process.platform !== 'win32') return;
  const show = () => {
    const labels = recentLabels(recent.all);
    const items = recent.all.map((file, i) => ({
      type: 'task' as const,
      title: labels[i].slice(0, 255),
      description: path.dirname(file).slice(0, 255),
      program: process.execPath,
      args: `-- "${file}"`,
      iconPath: process.execPath,
      iconIndex: 0,
    }));
    app.setJumpList(items.length === 0 ? null : [{ type: 'custom', name: 'Recent data', items }]);
  };
  recent.onChange(show);
  show();
}

/** What the tray offers elsewhere; to show and to quit the dock has itself. */
export function showDockMenu(watch: Watch, act: (action: TrayAction) => void): void {
  const { dock } = app;
  if (process.platform !== 'darwin' || !dock) return;
  let shown = '';
  const show = () => {
    const { words, offers } = trayLook(watch.now);
    const own = offers.filter(({ does }) => typeof does === 'object');
    // How far it is changes often, and the dock's own bar shows it.
    const said = JSON.stringify([watch.now.kind, own]);
    if (said === shown) return;
    shown = said;
    dock.setMenu(
      Menu.buildFromTemplate([{ label: words, enabled: false }, ...own.map(({ label, does }) => ({ label, click: () => act(does) }))]),
    );
  };
  watch.onChange(show);
  show();
}
