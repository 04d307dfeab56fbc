// The app's start-up, as a table of contents.
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, nativeTheme, powerMonitor } from 'electron';
import { EVENT_CHANNEL } from '#shared/channels';
import type { WindowEvent } from '#shared/window-event';
import { failureSentence } from '#shared/failure';
import type { SafeBecause } from '#shared/trouble';
import { foldersIn, userFolder } from '#store/location';
import { closeStore } from '#store/open';
import { runName } from '#store/runs';
import { unwritable } from '#store/writable';
import { answer } from './answer';
import { registerApi } from './api';
import { Background } from './background';
import { Camera } from './camera';
import { speak } from './chosen-language';
import { Closing } from './closing';
import { keepCrashDumps } from './crash-dumps';
import { CrashReports } from './crash-reports';
import { backUpDaily } from './daily-backup';
import { findData } from './data-place';
import { nativeDesktop } from './desktop';
import { watchDisk } from './disk-use';
import { DragFiles } from './drag-files';
import { EventBatch } from './event-batch';
import { GivenFiles, handedBy } from './given-files';
import { hasTray } from './has-tray';
import { openHistory } from './history';
import { makeHosts } from './hosts';
import { removeDeletedWeights } from './deleted-weights';
import { removeLeftovers } from './leftovers';
import { lockDown, silenceChromium } from './lockdown';
import { openLog } from './log';
import { madeOf, samplesFolder } from './made';
import { installMenu } from './menu';
import { showDockMenu, showJumpList, systemRecent } from './native-recent';
import { nativePresence } from './native-presence';
import { askAtStart, askNatively, askToQuit, chooseAtStart } from './native-question';
import { Moving } from './moving';
import { NetworkGuard } from './network-guard';
import { openNativeTray } from './native-tray';
import { whenPageGoes } from './page-goes';
import { KeptPreferences } from './preferences';
import { showPresence, tellWhenNeeded } from './presence';
import { claimScheme, servePage } from './protocol';
import { handlersFor } from './questions/index';
import { Quitting } from './quit';
import { rememberRuns } from './remembered-plans';
import { rememberProcesses } from './remembered-processes';
import { failToStart, refuse } from './refuse-start';
import { relaunch } from './relaunch';
import { Restart, SAFE_MODE } from './restart';
import { restoreOrdered } from './restore-ordered';
import { RecentData } from './recent-data';
import { RunQueue } from './run-queue';
import { emptyFolders, pointedAt } from './safe-mode';
import { Watch } from './situation';
import { Starts } from './starts';
import { noteSurprises } from './surprises';
import { Tokens } from './tokens';
import { Training } from './training';
import { openWindow, speakAnew, whenLoaded } from './window';

const user = userFolder();
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
const appFolder = app.getAppPath();
const log = openLog(foldersIn(user).logs);
const preferences = new KeptPreferences(user, log);
const crashes = new CrashReports(foldersIn(user).crashes, log, app.getVersion());
const starts = new Starts(user, log);
const camera = new Camera();
const tokens = new Tokens();
const given = new GivenFiles({ tokens, tell: (waiting) => tellWindow([{ kind: 'given', given: waiting }]) });
const handed = handedBy({ argv: process.argv, folder: process.cwd(), appFolder });
const guard = new NetworkGuard();
const restart = new Restart({ quit: () => app.quit(), relaunch });
let window: BrowserWindow | undefined;

const ANSWER_MS = 50;

app.setPath('userData', user);
app.setName('Overbatch');
noteSurprises(log, crashes);
claimScheme();
silenceChromium(developmentUrl);

// Chromium cannot lock such a folder either, and would take this for a second start.
const refused = unwritable(user);
if (refused) void app.whenReady().then(() => refuse(failureSentence(refused)));
else if (app.requestSingleInstanceLock(handed)) begin();
else app.quit();

/** What is handed over while the history opens waits for the window, too. */
function begin(): void {
  keepCrashDumps(foldersIn(user).crashes, log);
  const lastSaid = log.lastAt();
  const { safe, ranSince } = starts.begin(process.argv.includes(SAFE_MODE));
  if (ranSince !== undefined) crashes.noteLast(lastSaid ?? new Date(ranSince));
  app.on('will-quit', endInOrder);
  // Drivers of graphics cards are what most often keeps a window from opening.
  if (safe) app.disableHardwareAcceleration();
  app.on('second-instance', (_event, _argv, _folder, more) => void given.takeHanded(more));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void given.take([file]);
  });
  void given.takeHanded(handed);
  void app.whenReady().then(() => start(safe).catch((error: unknown) => failToStart(error, log)));
}

function endInOrder(): void {
  crashes.close();
  starts.end();
}

function tellWindow(events: WindowEvent[]): void {
  window?.webContents.send(EVENT_CHANNEL, events);
}

/** The person quits at a question of ours: nothing has failed. */
function quitAsked(): void {
  starts.end(true);
  app.quit();
}

async function start(safe: SafeBecause | undefined): Promise<void> {
  const mode = safe ? `, in safe mode (${safe})` : '';
  log.write('main', `Overbatch ${app.getVersion()} on Electron ${process.versions.electron}, ${process.platform} ${process.arch}${mode}.`);
  const found = safe ? pointedAt(user) : await findData(user, { log, ask: askAtStart, choose: chooseAtStart });
  if (!found) return quitAsked();
  const own = foldersIn(found.root, user);
  const folders = safe ? emptyFolders(user) : own;
  lockDown({ log, camera, guard, developmentUrl });
  servePage(path.join(appFolder, 'out', 'renderer'));
  const fillMenu = installMenu({
    folders: { data: own.root, logs: own.logs },
    isSafe: safe !== undefined,
    restart: (how) => restart.now(how),
  });
  nativeTheme.themeSource = preferences.now.appearance;

  if (!safe) await restoreOrdered(own.root, { log, ask: askAtStart });
  const db = await openHistory(folders.database, { log, ask: askAtStart });
  if (!db) return quitAsked();
  // The last of all: what ends before still reads it.
  app.on('quit', () => closeStore(db));
  await removeLeftovers(folders, db).catch((error: unknown) => log.error('leftovers', error));

  const batch = new EventBatch(tellWindow);
  const hosts = makeHosts({ log, crashes, isSafe: safe !== undefined }, own);
  const { trainer, viewer, model, planning, importer, keeper } = hosts;
  const moving = new Moving();
  const stopBackups = safe ? () => {} : backUpDaily(own, keeper, log, () => moving.now !== undefined);
  app.on('will-quit', () => {
    stopBackups();
    watched.disk.close();
    viewer.close();
    model.close();
    planning.close();
    importer.pause();
  });
  const send = batch.add.bind(batch);
  const training = new Training({ db, dataFolder: folders.root, host: trainer, log, send });
  const queue = new RunQueue({ db, training, send });
  const watched = watchDisk({ db, folders, training, send });
  rememberRuns({ db, log }, training);
  rememberProcesses({ db, log }, training);
  const recent = new RecentData(db, systemRecent);
  const drags = new DragFiles();
  app.on('will-quit', () => drags.clear());
  const handlers = handlersFor({
    db,
    folders,
    preferences,
    guard,
    ...hosts,
    moving,
    restart,
    missing: found.missing,
    samplesFolder: samplesFolder(),
    made: madeOf(),
    tokens,
    given,
    recent,
    drags,
    ...watched,
    camera,
    training,
    queue,
    trouble: {
      safe,
      own,
      appFolder,
      version: app.getVersion(),
      crashes,
      keeper,
      starts,
      // What was asked is answered first.
      restart: (how, withdraw) => setTimeout(() => restart.now(how, withdraw), ANSWER_MS),
    },
    log,
    desktop: nativeDesktop(() => window),
    send,
  });
  preferences.onChange((now, changed) => {
    nativeTheme.themeSource = now.appearance;
    if (!changed.includes('language')) return;
    speak(now.language === 'system' ? undefined : now.language);
    if (window) speakAnew(window, log, developmentUrl);
  });
  registerApi(handlers, { ours: () => window?.webContents, developmentUrl, log });

  // Behind the queue, which so has heard of a run's end before it.
  const watch = new Watch({ db, training, queue });
  const presence = nativePresence(() => window);
  const onPageLost = (how: string) => {
    starts.losesPage();
    crashes.note('window', how);
  };
  const show = () => {
    background.end();
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return window;
    }
    window = openWindow({ db, log, developmentUrl, onPageLost });
    closing.guard(window);
    window.on('closed', () => (window = undefined));
    whenPageGoes(window, () => {
      camera.close();
      model.close();
      planning.close();
    });
    return window;
  };
  const resume = (runId: string) => answer(handlers, log, 'resumeRun', [runId]);
  const runs = {
    name: (runId: string) => runName(db, runId),
    open: (runId: string) => whenLoaded(show(), () => send({ kind: 'show-run', runId })),
  };
  showPresence(training, presence, runs, preferences);
  tellWhenNeeded({ watch, desktop: presence, preferences, show });
  const background = new Background({
    watch,
    openTray: (act) => openNativeTray(log, act),
    show,
    pause: (runId) => training.finish('pause', runId),
    resume,
    tell: (sentence) => presence.notify(sentence, show),
    // Once everybody has heard of what it goes by: an app without a window ends within the call.
    quit: () => void setImmediate(() => app.quit()),
  });
  fillMenu({
    watch,
    recent,
    ask: (command) => whenLoaded(show(), () => send({ kind: 'command', command })),
    open: (file) => void given.take([file]).then(show),
    resume: (runId) => void background.act({ resume: runId }),
    finish: (runId) => void training.finish('stop', runId),
  });
  showJumpList(recent);
  showDockMenu(watch, (action) => void background.act(action));
  const quitting = new Quitting({
    training,
    trainer,
    queue,
    ask: () => askToQuit(watch, window),
    quit: () => app.quit(),
    stay: () => restart.forget(),
  });
  // The system is going down and waits only seconds: nobody can be asked, and no will-quit comes.
  const sessionEnds = () => {
    endInOrder();
    void training.finish('pause');
  };
  const closing = new Closing<BrowserWindow>({
    training,
    watch,
    background,
    quitting,
    sessionEnds,
    hasTray,
    settled: () => preferences.now.closing,
    ask: (question, asked) => askNatively(question, asked, training.runId === undefined ? undefined : 'Do not ask again during this run'),
  });
  app.on('before-quit', (event) => !quitting.mayEnd() && event.preventDefault());
  app.on('will-quit', () => void queue.close());
  app.on('will-quit', () => restart.ends());
  // Windows: session-end in closing.ts.
  powerMonitor.on('shutdown', sessionEnds);
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('open-file', show);
  app.on('window-all-closed', () => process.platform !== 'darwin' && !background.isActive && app.quit());
  show();
  const tell = (error: unknown) => log.error('deleted weights', error);
  await removeDeletedWeights(folders, db, tell).catch(tell);
}
