// A window with the page as the product serves it, policy and all, and nothing behind it: the scene is the test's.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
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
  // The scene comes first, then the page.
  void window.loadURL('about:blank');
});
app.on('window-all-closed', () => app.quit());
