// Given to Electron before the app, which it then opens: the app's start waits until Playwright is attached. A window that opens while Playwright
// attaches may be attached to half made, and is then waited for in vain. Playwright calls this name when it is done, as its own loader has it.
/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads no ES modules as an app */
const { app } = require('electron');

const whenReady = app.whenReady.bind(app);
const attached = new Promise((resolve) => (globalThis.__playwright_run = resolve));
app.whenReady = () => attached.then(whenReady);

process.argv.splice(process.argv.indexOf(__filename), 1);
require('../../../scripts/setup/electron-loader/main.js');
