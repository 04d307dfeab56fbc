// Native dialogs and the file manager.
import type { BrowserWindow, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { app, dialog, Notification, nativeImage, shell } from 'electron';
import { word } from '#shared/language';
import { FailureError } from '#shared/failure';
import { DATA_ENDINGS, PICTURE_ENDINGS } from './openable';
import { hasTray } from './has-tray';
import { beginningAtHome } from './native-question';
import type { Desktop } from './services';
import { TRAY_SIDE, trayPixels } from './tray-picture';

const DIALOGS: Record<Parameters<Desktop['choose']>[0] | 'pictures', OpenDialogOptions> = {
  folder: { title: 'Choose the folder that holds the pictures', properties: ['openDirectory'] },
  'data-folder': { title: 'Choose the folder for your data', properties: ['openDirectory', 'createDirectory'] },
  'picture-folder': { title: 'Choose a folder of pictures to ask about', properties: ['openDirectory'] },
  'data-file': {
    title: 'Choose a file that holds the data',
    properties: ['openFile'],
    filters: [
      { name: word('Tables, archives, arrays'), extensions: DATA_ENDINGS },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  model: {
    title: 'Choose the model.json of a TF.js layers model',
    properties: ['openFile'],
    filters: [{ name: 'TF.js layers models', extensions: ['json'] }],
  },
  runs: {
    title: 'Choose a file of runs from another computer',
    properties: ['openFile'],
    filters: [{ name: 'Files of runs', extensions: ['zip', 'obruns'] }],
  },
  pictures: {
    title: 'Choose pictures',
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: 'Pictures', extensions: PICTURE_ENDINGS }],
  },
};

export function nativeDesktop(window: () => BrowserWindow | undefined): Desktop {
  const open = async (what: keyof typeof DIALOGS): Promise<string[]> => {
    const answered = answeredByTest();
    if (answered !== undefined) return answered === '' ? [] : [answered];
    const owner = window();
    const options = beginningAtHome(DIALOGS[what]);
    const { canceled, filePaths } = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options));
    return canceled ? [] : filePaths;
  };
  // Held, because one that is collected as garbage is gone from the screen.
  let newest: Notification | undefined;
  return {
    canNotify: () => Notification.isSupported(),
    notify(body) {
      newest = new Notification({ title: 'Overbatch', body });
      newest.show();
    },
    hasTray: () => hasTray(),
    choose: async (what) => (await open(what))[0],
    choosePictures: () => open('pictures'),
    async confirm({ message, detail, yes, no }) {
      const answered = answeredByTest();
      if (answered !== undefined) return answered === yes;
      const owner = window();
      const options = { type: 'question' as const, message, detail, buttons: [yes, no], defaultId: 0, cancelId: 1 };
      const { response } = await (owner ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options));
      return response === 0;
    },
    async save(name) {
      const answered = answeredByTest();
      if (answered !== undefined) return answered || undefined;
      const owner = window();
      // Windows and macOS ask by themselves whether a file may be replaced.
      const options: SaveDialogOptions = {
        title: 'Save as',
        defaultPath: name,
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      };
      const { canceled, filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
      return canceled ? undefined : filePath;
    },
    startDrag: (file) => window()?.webContents.startDrag({ file, icon: dragIcon() }),
    async showFolder(folder) {
      const problem = await shell.openPath(folder);
      if (problem !== '') throw new FailureError({ kind: 'bad-setting', problem: `${folder} cannot be shown: ${problem}` });
    },
  };
}

/** Under the pointer; a drag without one is refused. */
const dragIcon = () => nativeImage.createFromBitmap(Buffer.from(trayPixels(1)), { width: TRAY_SIDE, height: TRAY_SIDE });

/** A test cannot click in a native dialog: it names the path here. Never in the packaged app. */
const answeredByTest = (): string | undefined => (app.isPackaged ? undefined : process.env.OVERBATCH_TEST_DIALOG);
