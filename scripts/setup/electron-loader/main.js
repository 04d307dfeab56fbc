// Opens the app named on the command line, as the default app of Electron's own releases does.
/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads no ES modules as an app */
const { existsSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { app, dialog } = require('electron');

function open(folder) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const description = path.join(folder, 'package.json');
  if (existsSync(description)) {
    const { name, productName, version, desktopName } = require(description);
    if (version) app.setVersion(version);
    if (productName || name) app.name = productName || name;
    if (process.platform === 'linux') app.setDesktopName(desktopName || `${app.name}.desktop`);
    app.setAppPath(folder);
  }
  Module._load(Module._resolveFilename(folder, null, true), Module, true);
}

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!named) {
  process.stderr.write('This Electron was set up by Overbatch for its development: name the folder of the app to open.\n');
  app.exit(1);
} else {
  try {
    open(path.resolve(named));
  } catch (error) {
    process.stderr.write(`The app in ${named} could not be opened: ${error.stack}\n`);
    dialog.showErrorBox('The app could not be opened', String(error.message));
    app.exit(1);
  }
}
