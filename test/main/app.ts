// Main without Electron: the real questions, store, hosts and processes on a fresh data folder.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ApiName } from '#shared/api-names';
import type { Fork } from '#shared/child';
import type { Answer, Api } from '#shared/contract';
import type { WindowEvent } from '#shared/window-event';
import type { SafeBecause } from '#shared/trouble';
import { answer } from '#main/answer';
import { Camera } from '#main/camera';
import { DragFiles } from '#main/drag-files';
import { CrashReports } from '#main/crash-reports';
import { watchDisk } from '#main/disk-use';
import { EngineHost } from '#main/engine-host';
import { ForecastHost } from '#main/forecast-host';
import { GivenFiles } from '#main/given-files';
import { ImporterHost } from '#main/importer-host';
import { KeeperHost } from '#main/keeper-host';
import { openLog } from '#main/log';
import { Moving } from '#main/moving';
import { NetworkGuard } from '#main/network-guard';
import { KeptPreferences } from '#main/preferences';
import { ModelHost } from '#main/model-host';
import { handlersFor } from '#main/questions/index';
import { rememberRuns } from '#main/remembered-plans';
import { rememberProcesses } from '#main/remembered-processes';
import { Starts } from '#main/starts';
import { Tokens } from '#main/tokens';
import { TrainerHost } from '#main/trainer-host';
import { RecentData } from '#main/recent-data';
import { RunQueue } from '#main/run-queue';
import { Training } from '#main/training';
import { ViewerHost } from '#main/viewer-host';
import { BUSY_MILLISECONDS } from '#main/when-free';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { Processes } from './processes';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'overbatch-main-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `keeperFork`: for the process that looks after the history's file. */
export function startApp(
  root = temporaryFolder(),
  { safe, keeperFork, missing }: { safe?: SafeBecause; keeperFork?: Fork; missing?: string } = {},
) {
  const folders = foldersIn(path.join(root, 'data'));
  const samplesFolder = path.join(root, 'samples');
  mkdirSync(path.join(samplesFolder, 'digits'), { recursive: true });
  const db = openStore(folders.database, { busyMilliseconds: BUSY_MILLISECONDS });
  const log = openLog(folders.logs);
  const preferences = new KeptPreferences(folders.root, log);
  const guard = new NetworkGuard();
  const processes = new Processes();
  const trainer = new TrainerHost(processes.fork);
  const events: WindowEvent[] = [];
  const send = (event: WindowEvent) => void events.push(event);
  const training = new Training({ db, dataFolder: folders.root, host: trainer, log, send });
  const queue = new RunQueue({ db, training, send });
  const desktop = {
    chosen: undefined as string | undefined,
    says: false,
    saveAs: undefined as string | undefined,
    shown: [] as string[],
    dragged: [] as string[],
    notified: [] as string[],
    restarts: 0,
    canNotify: true,
  };
  const viewer = new ViewerHost(processes.fork);
  const model = new ModelHost(processes.fork);
  const planning = new ForecastHost(processes.fork);
  rememberRuns({ db, log }, training);
  rememberProcesses({ db, log }, training);
  const camera = new Camera();
  const crashes = new CrashReports(folders.crashes, log, '0.0.0');
  const starts = new Starts(folders.user, log);
  const restarts: string[] = [];
  const watched = watchDisk({ db, folders, training, send });
  onTestFinished(() => watched.disk.close());
  const tokens = new Tokens();
  const recent = new RecentData(db);
  const drags = new DragFiles();
  onTestFinished(() => drags.clear());
  const given = new GivenFiles({ tokens, tell: (waiting) => send({ kind: 'given', given: waiting }) });
  const handlers = handlersFor({
    db,
    folders,
    preferences,
    guard,
    keeper: new KeeperHost(processes.fork, folders),
    moving: new Moving(),
    restart: { now: () => void desktop.restarts++ },
    missing,
    samplesFolder,
    tokens,
    given,
    recent,
    drags,
    made: { overbatch: '0.1.0', electron: '45.4.1', chromium: '152.0', folder: REPOSITORY, browserFile: path.join(root, 'none.html') },
    trainer,
    engines: new EngineHost(processes.fork),
    importer: new ImporterHost(processes.fork),
    viewer,
    model,
    planning,
    ...watched,
    camera,
    training,
    queue,
    trouble: {
      safe,
      own: folders,
      appFolder: path.resolve(import.meta.dirname, '../..'),
      version: '0.0.0',
      crashes,
      keeper: new KeeperHost(keeperFork ?? processes.fork, folders),
      starts,
      restart: (how) => void restarts.push(how),
    },
    log,
    desktop: {
      choose: () => Promise.resolve(desktop.chosen),
      choosePictures: () => Promise.resolve(desktop.chosen === undefined ? [] : [desktop.chosen]),
      confirm: () => Promise.resolve(desktop.says),
      save: () => Promise.resolve(desktop.saveAs),
      startDrag: (file) => void desktop.dragged.push(file),
      showFolder: (folder) => Promise.resolve(void desktop.shown.push(folder)),
      canNotify: () => desktop.canNotify,
      notify: (body) => void desktop.notified.push(body),
      hasTray: () => Promise.resolve(false),
    },
    send,
  });
  onTestFinished(async () => {
    viewer.close();
    model.close();
    planning.close();
    await queue.close();
    trainer.kill();
    await training.finish('stop');
    closeStore(db);
  });
  const ask = <K extends ApiName>(question: K, ...given: Parameters<Api[K]>): Promise<Answer<ReturnType<Api[K]>>> =>
    answer(handlers, log, question, given);
  /** As a person presses it, of the run that trains. */
  const tell = (what: 'stopRun' | 'pauseRun' | 'endRun'): Promise<Answer<boolean>> => ask(what, training.runId ?? 'none');
  return {
    ask,
    camera,
    crashes,
    db,
    desktop,
    drags,
    events,
    folders,
    given,
    guard,
    preferences,
    processes,
    queue,
    recent,
    restarts,
    root,
    tell,
    trainer,
    training,
    starts,
    handlers,
    log,
  };
}

/** The value of an answer that must be one. */
export async function value<T>(asked: Promise<Answer<T>>): Promise<T> {
  const given = await asked;
  if (!given.ok) throw new Error(given.sentence);
  return given.value;
}

/** What becomes true soon, on a busy machine too. */
export const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 15_000 });
