// What this app is made of, and where what comes with it lies.
import path from 'node:path';
import { app } from 'electron';
import type { Made } from './services';

const besides = (): string => (app.isPackaged ? process.resourcesPath : app.getAppPath());

export const madeOf = (): Made => ({
  overbatch: app.getVersion(),
  electron: process.versions.electron,
  chromium: process.versions.chrome,
  folder: besides(),
  browserFile: path.join(path.dirname(process.execPath), 'LICENSES.chromium.html'),
});

export const samplesFolder = (): string => path.join(besides(), ...(app.isPackaged ? [] : ['resources']), 'samples');
