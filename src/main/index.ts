// The app's start-up, as a table of contents.
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { app } from 'electron';
import { EVENT_CHANNEL } from '#shared/channels';
import { dataFolder, foldersIn } from '#store/location';
import { closeStore } from '#store/open';
import { registerApi } from './api';
import { Background } from './background';
import { Camera } from './camera';
import { Closing } from './closing';
import { nativeDesktop } from './desktop';
import { EventBatch } from './event-batch';
import { ForecastHost } from './forecast-host';
import { openHistory } from './history';
import { ImporterHost } from './importer-host';
import { removeLeftovers } from './leftovers';
import { lockDown, silenceChromium } from './lockdown';
import { openLog } from './log';
import { installMenu } from './menu';
import { ModelHost } from './model-host';
import { whenPageGoes } from './page-goes';
import { showPresence } from './presence';
import { claimScheme, servePage } from './protocol';
import { handlersFor } from './questions/index';
import { Quitting } from './quit';
import { rememberRuns } from './remembered-plans';
import { noteSurprises } from './surprises';
import { RunQueue } from './run-queue';
import { Tokens } from './tokens';
import { TrainerHost } from './trainer-host';
import { Training } from './training';
import { forkUtility } from './utility-process';
import { ViewerHost } from './viewer-host';
import { openWindow } from './window';

const folders = foldersIn(dataFolder());
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const appFolder = app.getAppPath();
const log = openLog(folders.logs);
const camera = new Camera();
let window: BrowserWindow | undefined;

app.setPath('userData', folders.root);
app.setName('Overbatch');
noteSurprises(log);
claimScheme();
silenceChromium(developmentUrl);

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  log.write('main', `Overbatch ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform} ${process.arch}.`);
  lockDown(log, camera, developmentUrl);
  servePage(path.join(appFolder, 'out', 'renderer'));
  installMenu({ data: folders.root, logs: folders.logs });

  const db = await openHistory(folders.database, log);
  if (!db) return;
  app.on('will-quit', () => closeStore(db));
  await removeLeftovers(folders, db).catch((error: unknown) => log.error('leftovers', error));

  const batch = new EventBatch((events) => window?.webContents.send(EVENT_CHANNEL, events));
  const fork = forkUtility(log);
  const trainer = new TrainerHost(fork);
  const viewer = new ViewerHost(fork);
  const model = new ModelHost(fork);
  const planning = new ForecastHost(fork);
  const importer = new ImporterHost(fork);
  app.on('will-quit', () => {
    viewer.close();
    model.close();
    planning.close();
    importer.pause();
  });
  const send = batch.add.bind(batch);
  const training = new Training({ db, dataFolder: folders.root, host: trainer, log, send });
  const queue = new RunQueue({ db, training, send });
  rememberRuns({ db, log }, training);
  const handlers = handlersFor({
    db,
    folders,
    samplesFolder: path.join(app.isPackaged ? process.resourcesPath : path.join(appFolder, 'resources'), 'samples'),
    tokens: new Tokens(),
    trainer,
    importer,
    viewer,
    model,
    planning,
    camera,
    training,
    queue,
    log,
    desktop: nativeDesktop(() => window),
    send,
  });
  registerApi(handlers, { ours: () => window?.webContents, developmentUrl, log });

  const quitting = new Quitting({ training, trainer, queue, window: () => window });
  showPresence(training, () => window);
  const show = () => {
    background.end();
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    window = openWindow({ db, log, developmentUrl });
    closing.guard(window);
    window.on('closed', () => (window = undefined));
    whenPageGoes(window, () => {
      camera.close();
      model.close();
      planning.close();
    });
  };
  const background = new Background({ training, queue, log, show });
  const closing = new Closing({ training, background, quitting });
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => process.platform !== 'darwin' && !background.isActive && app.quit());
  show();
}
