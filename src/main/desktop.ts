// Native dialogs and the file manager.
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { app, dialog, shell } from 'electron';
import { FailureError } from '#shared/failure';
import type { Desktop } from './services';

const DIALOGS: Record<Parameters<Desktop['choose']>[0], OpenDialogOptions> = {
  folder: { title: 'Choose the folder that holds the pictures', properties: ['openDirectory'] },
  'data-file': {
    title: 'Choose a file that holds the data',
    properties: ['openFile'],
    filters: [
      { name: 'Tables, archives, arrays', extensions: ['zip', 'csv', 'tsv', 'tab', 'txt', 'data', 'npz', 'npy', 'gz', 'bin', 'idx'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  model: {
    title: 'Choose the model.json of a TF.js layers model',
    properties: ['openFile'],
    filters: [{ name: 'TF.js layers models', extensions: ['json'] }],
  },
  picture: {
    title: 'Choose a picture',
    properties: ['openFile'],
    filters: [{ name: 'Pictures', extensions: ['png', 'jpg', 'jpeg', 'bmp', 'webp', 'tif', 'tiff', 'gif', 'avif'] }],
  },
};

export function nativeDesktop(window: () => BrowserWindow | undefined): Desktop {
  return {
    async choose(what) {
      const answered = answeredByTest();
      if (answered !== undefined) return answered || undefined;
      const owner = window();
      const { canceled, filePaths } = await (owner ? dialog.showOpenDialog(owner, DIALOGS[what]) : dialog.showOpenDialog(DIALOGS[what]));
      return canceled ? undefined : filePaths[0];
    },
    async save(name) {
      const answered = answeredByTest();
      if (answered !== undefined) return answered || undefined;
      const owner = window();
      const options = { defaultPath: name };
      const { canceled, filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
      return canceled ? undefined : filePath;
    },
    async showFolder(folder) {
      const problem = await shell.openPath(folder);
      if (problem !== '') throw new FailureError({ kind: 'bad-setting', problem: `${folder} cannot be shown: ${problem}` });
    },
  };
}

/** A test cannot click in a native dialog: it names the path here. Never in the packaged app. */
const answeredByTest = (): string | undefined => (app.isPackaged ? undefined : process.env.OVERBATCH_TEST_DIALOG);
