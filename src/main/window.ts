// The one window: sandboxed, shown when it has something to show, back where it was.
import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { LANGUAGE_KEY } from '#shared/language';
import type { Database } from '#store/database';
import { getSetting, setSetting } from '#store/settings';
import { spoken } from './chosen-language';
import type { Log } from './log';
import { PAGE_URL } from './origin';
import { parsePlaces, placeFor, withPlace, type Rectangle } from './window-place';

const PLACES = 'window-places';
const DEFAULT_SIZE = { width: 1280, height: 860 };
const LEAST_SIZE = { minWidth: 760, minHeight: 560 };

export interface WindowServices {
  db: Database;
  log: Log;
  developmentUrl?: string;
  /** The page's process is gone, and why in words. */
  onPageLost(how: string): void;
}

export function openWindow({ db, log, developmentUrl, onPageLost }: WindowServices): BrowserWindow {
  const place = placeFor(parsePlaces(getSetting(db, PLACES)), workAreas());
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...place?.bounds,
    ...LEAST_SIZE,
    title: 'Overbatch',
    show: false,
    backgroundColor: background(),
    webPreferences: {
      preload: path.join(app.getAppPath(), 'out', 'preload', 'index.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The spelling dictionaries would come from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (place?.maximized) window.maximize();
  if (place?.fullscreen) window.setFullScreen(true);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => rememberPlace(db, window, log));
  // The page's own title may say more one day; the window is always called the same.
  window.on('page-title-updated', (event) => event.preventDefault());
  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.on('closed', () => nativeTheme.off('updated', repaint));
  reloadWhenGone(window, onPageLost);
  void window.loadURL(pageUrl(developmentUrl)).catch((error: unknown) => log.error('window', error));
  return window;
}

const pageUrl = (developmentUrl: string | undefined, place = ''): string =>
  `${developmentUrl ?? PAGE_URL}?${LANGUAGE_KEY}=${spoken()}${place}`;

/** Every word on it changes, and its place stays. */
export function speakAnew({ webContents }: BrowserWindow, log: Log, developmentUrl?: string): void {
  const { hash } = new URL(webContents.getURL());
  void webContents.loadURL(pageUrl(developmentUrl, hash)).catch((error: unknown) => log.error('window', error));
}

/** A page that is still being loaded hears nothing. */
export function whenLoaded({ webContents }: BrowserWindow, tell: () => void): void {
  if (webContents.isLoading()) webContents.once('did-finish-load', tell);
  else tell();
}

/** Chromium's words for how a process went. */
const GONE: Record<string, string> = {
  crashed: 'it crashed',
  oom: 'memory ran out',
  'memory-eviction': 'memory ran out',
  killed: 'it was ended from outside',
  'abnormal-exit': 'it gave up',
  'launch-failed': 'it could not be started',
};

/** The window's page died, not the training: show it again, but not for ever. */
function reloadWhenGone(window: BrowserWindow, onPageLost: (how: string) => void): void {
  let reloadedAt = 0;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    onPageLost(`${GONE[reason] ?? reason}, code ${exitCode}`);
    if (Date.now() - reloadedAt < 10_000) return;
    reloadedAt = Date.now();
    window.webContents.reload();
  });
}

function rememberPlace(db: Database, window: BrowserWindow, log: Log): void {
  try {
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized(), fullscreen: window.isFullScreen() };
    setSetting(db, PLACES, withPlace(parsePlaces(getSetting(db, PLACES)), workAreas(), place));
  } catch (error) {
    log.error('window', error);
  }
}

/** The main one first. */
function workAreas(): Rectangle[] {
  const main = screen.getPrimaryDisplay();
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
}

/** The page's own background, so that nothing flashes before it is there. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#14161a' : '#ffffff');
