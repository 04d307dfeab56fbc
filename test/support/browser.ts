// A bare browser window (Electron's Chromium, nothing of ours in it) that opens a file, notes what it asks for and gets nothing from any server.
import { app, BrowserWindow, session } from 'electron';

const asked: string[] = [];
Object.assign(globalThis, { asked });

void app.whenReady().then(() => {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    asked.push(url);
    decide({ cancel: !/^(?:file|blob|data|devtools):/.test(url) });
  });
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  void window.loadFile(process.env.OVERBATCH_TEST_FILE ?? '');
});
app.on('window-all-closed', () => app.quit());
