// Every question the window may ask. Handlers and the preload take their types from here.
import type { AskedPicture, CancelledKind, PictureList, PictureTile, PictureTilesRequest, WhereLooked } from './asking';
import type { ComparedAnswers } from './comparison/compared-answers';
import type { Comparison, Disagreements } from './comparison/comparison';
import type { ComparisonDocument, ComparisonFile } from './comparison/comparison-document';
import type { CurvePart } from './curve';
import type { AddOptions, CheckReport, DatasetSummary, ImportOptions, SampleName, SourceChoices } from './dataset';
import type { Backup, BackupLook } from './backup';
import type { DataLook, DataPlace, FolderOffer, OtherData } from './data-move';
import type { DatasetEdits } from './dataset-edits';
import type { SampleTiles, SplitSettings, Thumbnail, TileRequest, VersionView } from './dataset-view';
import type { Diagnostics } from './diagnostics';
import type { DiskState } from './disk-state';
import type { EnginesAnswer, NativeKind } from './engine';
import type { Evaluated, EvaluatedPart, MaskViews } from './evaluation/evaluation';
import type { ExportName, ExportResult } from './exports';
import type { Failure } from './failure';
import type { Given } from './given';
import type { RunForecast, WholeAndPieces } from './forecast';
import type { Licences } from './licences';
import type { OwnModel } from './own-model';
import type { Planned } from './hosted-plan';
import type { AppFacts } from './app-facts';
import type { Preferences, PreferencesChange } from './preferences';
import type { Expected, RunQueue } from './queue';
import type { ReceiptDocument } from './receipt-document';
import type { MarksChange } from './run-marks';
import type { RunDetail, RunSummary } from './run-record';
import type { Loaded, Packed } from './run-file/transfer';
import type { RunSpec } from './run-spec';
import type { RunSize, WeightsUse } from './run-weights';
import type { FilePrediction, ModelQuestion, Prediction, RawRow, RowPrediction } from './prediction';
import type { TableRows, TableView } from './table-view';
import type { Trouble } from './trouble';
import type { Space } from './space';
import type { StoppedImport } from './stopped-import';
import type { WindowEvent } from './window-event';

/** A folder or file the person chose: main remembers the path, the window holds a token and a name to show. */
export interface Chosen {
  token: string;
  name: string;
}

export interface Api {
  getEngines(): EnginesAnswer;
  installEngine(kind: NativeKind): EnginesAnswer;
  cancelInstall(): void;
  removeEngine(kind: NativeKind): EnginesAnswer;
  getSpace(): Space;
  /** Of the disk on which the data lies; null where the system does not say. Changes are told. */
  getDisk(): DiskState | null;
  showDataFolder(): void;

  getPreferences(): Preferences;
  /** Answers all as they are then; every window hears of it. */
  changePreferences(change: PreferencesChange): Preferences;
  /** What was handed over from outside to be opened, the oldest first, until it is settled. */
  getGiven(): Given[];
  settleGiven(token: string): void;
  /** The pointer holds what was saved from now on: it goes wherever it is let go. */
  dragSaved(token: string): void;
  dragComparison(comparison: ComparisonDocument, as: ComparisonFile): void;
  dragPicture(title: string, png: Uint8Array): void;
  /** What Overbatch is made of. */
  getLicences(): Licences;
  /** Those of Electron and Chromium, in the program that opens web pages here. */
  showBrowserLicences(): void;
  getAppFacts(): AppFacts;
  getDataPlace(): DataPlace;
  /** The person chooses; null when they chose none. */
  chooseDataFolder(): FolderOffer | null;
  /** All of it, to a folder that was offered; the app starts again there when it is done. While it goes on nothing else may change. */
  moveData(token: string): void;
  /** One that was cut off. */
  continueMove(): void;
  /** What was copied is kept, to go on with. */
  cancelMove(): void;
  /** What was copied is removed. */
  undoMove(): void;
  /** Data that lies there already; the app starts again with it. */
  useDataFolder(token: string): void;
  /** Before that is used, or removed. */
  lookAtData(which: OtherData): DataLook;
  /** The usual folder; the data that was in force stays where it is. */
  useUsualFolder(): void;
  /** Of the folder it was moved from; or it stays there, and is not spoken of again. */
  removeOldData(): void;
  keepOldData(): void;
  /** Shows one, to see that the desktop lets it through. */
  testNotification(): void;

  listDatasets(): DatasetSummary[];
  chooseFolder(): Chosen | null;
  /** An archive, a table of names, an array: data that are one file. */
  chooseDataFile(): Chosen | null;
  /** Called by the preload for dropped folders; the path never reaches the page. */
  acceptDrop(path: string): Chosen;
  checkFolder(token: string, choices?: SourceChoices): CheckReport;
  /** Writes the report of this folder's check as csv where the person chooses; answers the file's name. */
  saveReport(token: string): string | null;
  importFolder(token: string, options: ImportOptions): DatasetSummary;
  importSample(name: SampleName): DatasetSummary;
  cancelImport(): void;
  /** The import in progress ends with the failure 'stopped', and is listed from then on. */
  pauseImport(): void;
  /** Imports that were ended before their end and can go on. */
  listStoppedImports(): StoppedImport[];
  resumeImport(id: string): DatasetSummary;
  discardImport(id: string): void;
  thumbnails(datasetId: string): Thumbnail[];
  /** The next version of a data set, or the one that has this content already. */
  editDataset(datasetId: string, edits: DatasetEdits): DatasetSummary;
  addPictures(datasetId: string, token: string, options: AddOptions): DatasetSummary;
  viewDataset(datasetId: string, split: SplitSettings): VersionView;
  viewTable(datasetId: string, split: SplitSettings): TableView;
  readTiles(datasetId: string, request: TileRequest): SampleTiles;
  /** Which runs need a version, and what deleting it would free. */
  versionUse(datasetId: string): { runs: string[]; freesBytes: number };
  /** For good. Refused while a run needs it. */
  deleteVersion(datasetId: string): { freedBytes: number };
  /** All versions of a data set, hidden; restoreDataset undoes it. */
  deleteDataset(datasetId: string): void;
  restoreDataset(datasetId: string): void;

  planRun(datasetId: string, spec: RunSpec): Planned;
  cancelPlan(): void;
  /** At once, from shapes and what was measured before; the newest question takes the place of the one before. */
  forecastRun(datasetId: string, spec: RunSpec): RunForecast;
  /** Nobody chooses settings any more: the memory of the process that forecasts is free. */
  leaveForecast(): void;
  /** One gradient of a few samples, whole and in pieces. */
  checkPieces(datasetId: string, spec: RunSpec): WholeAndPieces;
  cancelCheck(): void;
  startRun(datasetId: string, spec: RunSpec): string;
  resumeRun(runId: string): string;
  /** Of a run that does not train: takes it up where it was left, only to save its best model so far. */
  finishRun(runId: string): string;
  /** A completed run goes on to this number of epochs. */
  extendRun(runId: string, epochs: number): string;
  /** Finishes the step, saves the model and a checkpoint. All three answer whether that run still trained: what is meant for one never reaches the next. */
  stopRun(runId: string): boolean;
  /** Finishes the step, saves a checkpoint and gives all memory back. */
  pauseRun(runId: string): boolean;
  /** Ends a run that does not stop by itself; its last checkpoint stays. */
  endRun(runId: string): boolean;
  /** Ends the run at once if it trains, and hides it; restoreRun undoes that. */
  discardRun(runId: string): void;
  getQueue(): RunQueue;
  /** At the end of the queue; answers its id there. It begins at once where nothing trains and nothing holds the queue. */
  queueRun(datasetId: string, spec: RunSpec, expected?: Expected): string;
  moveQueued(id: string, by: -1 | 1): void;
  removeQueued(id: string): void;
  /** At the end again; what holds the queue still does. */
  restoreQueued(id: string): void;
  /** A run that was ended before its first step waits again, as the first, and is no run of the history any more. */
  putBack(runId: string): void;
  /** Nothing holds the queue any more. */
  continueQueue(): void;
  /** The run in progress with what it said so far, for a window that was reloaded. */
  currentRun(): { runId: string; detail: RunDetail } | null;

  listRuns(): RunSummary[];
  getRun(runId: string): RunDetail;
  /** A part of its curves, as fine as it is drawn. */
  readCurve(runId: string, part: CurvePart): Pick<RunDetail, 'steps' | 'epochs'>;
  /** What keeps it from being repeated to the last bit here and now, a sentence each. */
  checkRepeat(runId: string): string[];
  /** Writes its receipt where the person chooses, as a page to read or as JSON; answers the file's name. */
  saveReceiptPage(runId: string, receipt: ReceiptDocument): string | null;
  saveReceiptJson(runId: string): string | null;
  /** Begins it anew with the same data, settings and pieces, and answers its id; null: another trains, and it waits in the queue. */
  repeatRun(runId: string): string | null;
  /** The best epoch's model in the place of the last step's, or the other way round. */
  keepOtherModel(runId: string): void;
  renameRun(runId: string, name: string): void;
  /** Tags, notes and pins of several at once. */
  markRuns(runIds: string[], change: MarksChange): void;
  /** All of them or none. */
  deleteRuns(runIds: string[]): void;
  restoreRuns(runIds: string[]): void;
  /** The saved models and checkpoints of runs, whose history stays: gone at once, free on the disk when Overbatch is next started. Answers which had any. */
  deleteWeights(runIds: string[]): string[];
  weightsUse(runIds: string[]): WeightsUse;
  /** Of this session. */
  restoreWeights(runIds: string[]): void;
  /** What runs take on the disk; absent: all. */
  runSizes(runIds?: string[]): Record<string, RunSize>;
  showRunFolder(runId: string): void;
  /** Writes them as one file for another computer where the person chooses; null when they chose no place. */
  exportRuns(runIds: string[], withModels: boolean): Packed | null;
  cancelRunExport(): void;
  /** Takes the runs of a file that was dropped or, without one, that the person chooses; null when they chose none. */
  importRuns(fileToken?: string): Loaded[] | null;

  /** Looks at a model.json that the person chooses, and takes it in. */
  chooseModel(): OwnModel | null;
  listModels(): OwnModel[];
  /** Which runs began with it, and what deleting it would free. */
  modelUse(modelId: string): { runs: string[]; freesBytes: number };
  /** For good. Refused while a run needs it. */
  deleteModel(modelId: string): { freedBytes: number };
  /** What the saved model of a run says of every sample of a part of its data: computed once, then kept with the run. */
  evaluateRun(runId: string, part: EvaluatedPart): Evaluated;
  cancelEvaluation(): void;
  /** What it finds in pictures of its data, by their index in the version; the model stays loaded until the page says that it is left. */
  viewMasks(runId: string, samples: number[]): MaskViews;
  readRows(datasetId: string, rows: number[]): TableRows;

  /**
   * Whether runs are better than the first of them, by the samples of a part and over repeats in the history. Runs that were
   * never judged are judged for it, which 'evaluation-progress' tells.
   */
  compareRuns(runIds: string[], part: EvaluatedPart): Comparison;
  cancelComparison(): void;
  /** Of two runs that were compared: the samples that one gets right, or nearer, and the other does not; readTiles and readRows show them. */
  disagreements(baselineId: string, otherId: string, part: EvaluatedPart): Disagreements;
  cancelDisagreements(): void;
  /** Of runs that were compared, and are judged by the very samples of the first. */
  comparedAnswers(runIds: string[], part: EvaluatedPart): ComparedAnswers;
  cancelComparedAnswers(): void;
  /** Writes it where the person chooses, as a page to read or for a spreadsheet; answers the file's name. */
  saveComparison(comparison: ComparisonDocument, as: ComparisonFile): string | null;
  /** Writes a PNG, called by its title, where the person chooses; answers the file's name. */
  savePicture(title: string, png: Uint8Array): string | null;

  /** One of each class of a sample of pictures that comes with Overbatch. */
  samplePictures(sample: SampleName): PictureList;
  choosePictures(): PictureList | null;
  /** With all below it. */
  choosePictureFolder(): PictureList | null;
  /** Called by the preload for dropped files and folders; the paths never reach the page. */
  acceptPictures(paths: string[]): PictureList;
  /** Small ones, of a list; none of a picture that cannot be read. */
  readPictureTiles(listToken: string, request: PictureTilesRequest): (PictureTile | undefined)[];
  /** `whole`: a mask of all of it at once, however large it is. */
  askPicture(runId: string, picture: AskedPicture, whole?: boolean): Prediction;
  /** All pictures of a list; told by events as they are answered, under the number of the question. */
  askPictures(runId: string, listToken: string, question: number): void;
  cancelAsking(what: CancelledKind): void;
  /** Writes the answers of the list's pictures as csv where the person chooses; answers the file's name. */
  saveAnswers(listToken: string): string | null;
  /** How strongly each part of the picture speaks for a class. */
  whereLooked(runId: string, picture: AskedPicture, label: string): WhereLooked;
  /** Asks the person; the page may look through the camera until it says that it is done. */
  openCamera(): boolean;
  closeCamera(): void;
  /** Nothing more is asked: the memory of the model is free. */
  leaveModel(): void;
  /** What the model of a run is asked with. */
  modelQuestion(runId: string): ModelQuestion;
  /** Numbers are typed with a decimal point. */
  predictRow(runId: string, row: RawRow): RowPrediction;
  predictFile(runId: string, tableToken: string): FilePrediction;
  /** Writes the table with the answers beside it where the person chooses; answers the file's name. */
  savePredictions(runId: string, tableToken: string): string | null;

  /** Makes the export where the person chooses; null when they chose no place. */
  exportModel(runId: string, as: ExportName): Exported | null;
  cancelExport(): void;
  /** Shows what was written in the file manager. */
  showExport(token: string): void;

  getTrouble(): Trouble;
  /** The window can be used: this start has not failed. */
  sayUsable(): void;
  dismissCrashes(): void;
  /** Quits as a person does, and starts again. */
  restart(how: 'normal' | 'safe'): void;
  showLogs(): void;
  /** Of the history, the newest first. */
  listBackups(): Backup[];
  backUpNow(): Backup;
  /** Reads every page of it: refused where it is damaged. */
  lookAtBackup(name: string): BackupLook;
  /** Restarts with it in the history's place, which is set aside. */
  restoreBackup(name: string): void;
  /** Everything that could be saved, to be looked at first. */
  collectDiagnostics(): Diagnostics;
  /** Of what was collected last, where the person chooses; answers the file's name. */
  saveDiagnostics(names: string[]): string | null;
}

export type Exported = ExportResult & Pick<Chosen, 'token'>;

/** Every answer crosses as one of these: an exception would lose its type. */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure; sentence: string };

/** What the page finds at window.overbatch. */
export type WindowApi = {
  [K in Exclude<keyof Api, 'acceptDrop' | 'acceptPictures'>]: (...args: Parameters<Api[K]>) => Promise<Answer<ReturnType<Api[K]>>>;
} & {
  acceptDrop(file: unknown): Promise<Answer<Chosen>>;
  acceptPictures(files: unknown[]): Promise<Answer<PictureList>>;
  onEvent(listener: (event: WindowEvent) => void): () => void;
};
