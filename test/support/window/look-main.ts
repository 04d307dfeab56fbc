// A window with the page as the product serves it, policy and all, and nothing behind it: the scene is the test's.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { PAGE_URL } from '#main/origin';
import { claimScheme, servePage } from '#main/protocol';

claimScheme();
void app.whenReady().then(() => {
  servePage(join(__dirname, 'page'));
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false },
  });
  void window.loadURL(PAGE_URL);
});
app.on('window-all-closed', () => app.quit());
