// The tray's icon and menu, drawn by Electron.
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { TrayIcon } from './background';
import type { Log } from './log';
import type { TrayAction } from './tray-menu';
import { TRAY_SIDE, trayPixels } from './tray-picture';

export function openNativeTray(log: Log, act: (action: TrayAction) => void): TrayIcon | undefined {
  try {
    const tray = new Tray(picture(0));
    tray.on('click', () => act('show'));
    return {
      draw({ share, words, problem, offers }) {
        tray.setImage(picture(share));
        tray.setToolTip(`Overbatch: ${words}`);
        // On Linux a changed menu is seen only when it is set anew.
        tray.setContextMenu(
          Menu.buildFromTemplate([
            { label: words, enabled: false },
            ...(problem === undefined ? [] : [{ label: problem, enabled: false }]),
            { type: 'separator' },
            ...offers.map(({ label, does }): MenuItemConstructorOptions => ({ label, click: () => act(does) })),
          ]),
        );
      },
      remove: () => tray.destroy(),
    };
  } catch (error) {
    log.error('tray', error);
    return undefined;
  }
}

const picture = (share: number) => nativeImage.createFromBitmap(Buffer.from(trayPixels(share)), { width: TRAY_SIDE, height: TRAY_SIDE });
