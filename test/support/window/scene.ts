// What main would know and answer in a scene: the data a fake window.overbatch stands on. Only for looking at pages.
import type { AppFacts } from '#shared/app-facts';
import type { PictureAnswer, PictureList, WhereLooked } from '#shared/asking';
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { Backup, BackupLook } from '#shared/backup';
import type { Comparison, Disagreements } from '#shared/comparison/comparison';
import type { Chosen } from '#shared/contract';
import type { Space } from '#shared/space';
import type { StoppedImport } from '#shared/stopped-import';
import type { WindowEvent } from '#shared/window-event';
import type { DataPlace, FolderOffer } from '#shared/data-move';
import type { CheckReport, DatasetSummary } from '#shared/dataset';
import type { Thumbnail, VersionView } from '#shared/dataset-view';
import type { Diagnostics } from '#shared/diagnostics';
import type { DiskState } from '#shared/disk-state';
import type { EngineReport, EnginesAnswer } from '#shared/engine';
import type { Evaluated } from '#shared/evaluation/evaluation';
import type { Failure } from '#shared/failure';
import type { Given } from '#shared/given';
import type { RunForecast, WholeAndPieces } from '#shared/forecast';
import type { Licences } from '#shared/licences';
import type { OwnModel } from '#shared/own-model';
import type { Plan } from '#shared/plan';
import type { Preferences } from '#shared/preferences';
import type { FilePrediction, ModelQuestion, Prediction, RowPrediction } from '#shared/prediction';
import type { RunQueue } from '#shared/queue';
import type { RunDetail } from '#shared/run-record';
import type { TableView } from '#shared/table-view';
import type { Trouble } from '#shared/trouble';

export interface Scene {
  /** Where the window opens: "#/plan". */
  address: string;
  engines: EnginesAnswer;
  space: Space;
  /** Absent: the system does not say. */
  disk?: DiskState;
  /** What was changed. */
  preferences?: Partial<Preferences>;
  appFacts?: AppFacts;
  dataPlace?: Partial<DataPlace>;
  folderOffer?: FolderOffer;
  trouble?: Trouble;
  backups?: Backup[];
  /** Absent: the backup is damaged. */
  backupLook?: BackupLook;
  diagnostics?: Diagnostics;
  datasets: DatasetSummary[];
  runs: RunDetail[];
  thumbnails: Thumbnail[];
  view?: VersionView;
  table?: TableView;
  chosen?: Chosen;
  given?: Given[];
  licences?: Licences;
  report?: CheckReport;
  stopped?: StoppedImport[];
  plan?: { plan: Plan; engine: EngineReport };
  forecast?: RunForecast;
  check?: WholeAndPieces;
  /** Why no mark of a run can be kept. */
  markFailure?: Failure;
  /** Answered instead of a plan. */
  planFailure?: Failure;
  prediction?: Prediction;
  question?: ModelQuestion;
  models?: OwnModel[];
  /** Given to be asked about, the answers, and where the model looked. */
  list?: PictureList;
  answers?: PictureAnswer[];
  where?: WhereLooked;
  rowAnswer?: RowPrediction;
  fileAnswer?: FilePrediction;
  evaluated?: Evaluated;
  comparison?: Comparison;
  disagreements?: Disagreements;
  comparedAnswers?: ComparedAnswers;
  current?: string;
  queue?: RunQueue;
  /** Told as soon as the page listens. */
  events: WindowEvent[];
  /** Questions that are never answered: their waiting is what the scene shows. */
  silent: string[];
  draft?: Record<string, unknown>;
  /** Typed into the field of that name, at last. */
  type?: [field: string, text: string];
  /** Controls pressed in order once the page stands, by role and name. */
  press: [
    role: 'button' | 'radio' | 'link' | 'heading' | 'tab' | 'option' | 'checkbox',
    name: string | RegExp | ((say: Say) => string | RegExp),
  ][];
}

/** What the page says for an English message of the catalogue, with what stands at its {0}, {1} … */
export type Say = (english: string, ...values: string[]) => string;
