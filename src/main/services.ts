// What the questions are answered with; made once, in index.ts.
import type { WindowEvent } from '#shared/window-event';
import type { Database } from '#store/database';
import type { Folders } from '#store/location';
import type { ImporterHost } from './importer-host';
import type { Camera } from './camera';
import type { DiskWatch } from './disk-watch';
import type { DragFiles } from './drag-files';
import type { EngineHost } from './engine-host';
import type { ForecastHost } from './forecast-host';
import type { GivenFiles } from './given-files';
import type { KeeperHost } from './keeper-host';
import type { Log } from './log';
import type { Restart } from './restart';
import type { RecentData } from './recent-data';
import type { RunQueue } from './run-queue';
import type { RunSizes } from './run-sizes';
import type { ModelHost } from './model-host';
import type { Moving } from './moving';
import type { NetworkGuard } from './network-guard';
import type { KeptPreferences } from './preferences';
import type { Tokens } from './tokens';
import type { TrainerHost } from './trainer-host';
import type { Training } from './training';
import type { TroubleServices } from './trouble';
import type { ViewerHost } from './viewer-host';

export interface Services {
  db: Database;
  folders: Folders;
  preferences: KeptPreferences;
  guard: NetworkGuard;
  keeper: KeeperHost;
  moving: Moving;
  restart: Pick<Restart, 'now'>;
  /** Where the data should be, and is not: the app's own folder takes its place. */
  missing?: string;
  /** The shipped sample data sets, a folder each. */
  samplesFolder: string;
  tokens: Tokens;
  given: GivenFiles;
  recent: RecentData;
  drags: DragFiles;
  made: Made;
  trainer: TrainerHost;
  engines: EngineHost;
  importer: ImporterHost;
  viewer: ViewerHost;
  model: ModelHost;
  planning: ForecastHost;
  disk: DiskWatch;
  sizes: RunSizes;
  camera: Camera;
  training: Training;
  queue: RunQueue;
  trouble: TroubleServices;
  log: Log;
  desktop: Desktop;
  send(event: WindowEvent): void;
}

/** What this app is made of. */
export interface Made {
  overbatch: string;
  electron: string;
  chromium: string;
  /** In which LICENSE and THIRD-PARTY-NOTICES.md lie. */
  folder: string;
  /** The licences of Electron and Chromium, where they lie beside the program. */
  browserFile: string;
}

/** What only Electron can do. */
export interface Desktop {
  /** The path chosen in a native dialog; undefined when it was closed. */
  choose(what: 'folder' | 'data-folder' | 'data-file' | 'picture-folder' | 'model' | 'runs'): Promise<string | undefined>;
  /** The files chosen; none when it was closed. */
  choosePictures(): Promise<string[]>;
  /** Whether the person says yes. */
  confirm(question: { message: string; detail: string; yes: string; no: string }): Promise<boolean>;
  /** Where to write a file that is suggested to be called `name`; undefined when the dialog was closed. */
  save(name: string): Promise<string | undefined>;
  showFolder(folder: string): Promise<void>;
  /** The pointer, which is held down, holds this file from now on. */
  startDrag(file: string): void;
  /** Whether it shows notifications. */
  canNotify(): boolean;
  notify(body: string): void;
  /** Whether it is known to show icons in a tray. */
  hasTray(): Promise<boolean>;
}
