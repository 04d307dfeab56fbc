// The page goes away without saying so: its window is closed, its process dies, it is loaded anew. What it alone was using ends with it.

/** Of Electron's window, what is listened to. */
export interface PageWindow {
  on(event: 'closed', listener: () => void): unknown;
  webContents: {
    on(event: 'render-process-gone', listener: () => void): unknown;
    on(event: 'did-navigate', listener: () => void): unknown;
  };
}

export function whenPageGoes(window: PageWindow, end: () => void): void {
  window.on('closed', end);
  window.webContents.on('render-process-gone', end);
  window.webContents.on('did-navigate', end);
}
