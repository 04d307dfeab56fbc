// Taskbar, sleep and notifications, as Electron has them.
import type { BrowserWindow } from 'electron';
import { Notification, powerSaveBlocker } from 'electron';
import type { PresenceDesktop } from './presence';

export function nativePresence(window: () => BrowserWindow | undefined): PresenceDesktop {
  // Held, because one that is collected as garbage hears no click.
  let newest: Notification | undefined;
  return {
    blocker: { start: () => powerSaveBlocker.start('prevent-app-suspension'), stop: (id) => void powerSaveBlocker.stop(id) },
    setProgress: (share) => window()?.setProgressBar(share),
    isWatched: () => window()?.isFocused() ?? false,
    notify(body, open) {
      if (!Notification.isSupported()) return;
      newest = new Notification({ title: 'Overbatch', body });
      newest.on('click', open);
      newest.show();
    },
  };
}
