// The arguments of every question, checked once, where they enter main.
import * as v from 'valibot';
import { AskedPictureSchema, CANCELLED_KINDS, PictureTilesSchema } from '#shared/asking';
import { BackupNameSchema } from '#shared/backup';
import type { ApiName } from '#shared/api-names';
import { ComparedRunsSchema } from '#shared/comparison/comparison';
import { PngSchema } from '#shared/png';
import { COMPARISON_FILES, ComparisonDocumentSchema } from '#shared/comparison/comparison-document';
import type { Api } from '#shared/contract';
import { CurvePartSchema } from '#shared/curve';
import { AddOptionsSchema, ImportOptionsSchema, SampleNameSchema, SourceChoicesSchema } from '#shared/dataset';
import { OTHER_DATA } from '#shared/data-move';
import { DatasetEditsSchema } from '#shared/dataset-edits';
import { WantedEntriesSchema } from '#shared/diagnostics';
import { SplitSettingsSchema, TileRequestSchema } from '#shared/dataset-view';
import { NativeKindSchema } from '#shared/engine';
import { EVALUATED_PARTS, MOST_MASK_VIEWS } from '#shared/evaluation/evaluation';
import { ExportNameSchema } from '#shared/exports';
import { FailureError } from '#shared/failure';
import { IdSchema, TokenSchema } from '#shared/identifiers';
import { OwnModelIdSchema } from '#shared/own-model';
import { PreferencesChangeSchema } from '#shared/preferences';
import { ExpectedSchema } from '#shared/queue';
import { ExportedRunsSchema } from '#shared/run-file/manifest';
import { ReceiptDocumentSchema } from '#shared/receipt-document';
import { MarksChangeSchema, SeveralRunsSchema } from '#shared/run-marks';
import { RunSpecSchema } from '#shared/run-spec';
import { MOST_ROWS_READ } from '#shared/table-view';

/** More lie in a folder, which can be dropped whole. */
const MOST_DROPPED = 5_000;
const TOO_MANY_DROPPED = 'These are more than 5,000 files at once. Drop their folder instead.';

const none = v.strictTuple([]);
const id = IdSchema;
const token = TokenSchema;
const path = v.pipe(v.string(), v.minLength(1, 'The dropped item is not a file or folder on this computer.'), v.maxLength(32_767));
const name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'The name of a run cannot be empty.'),
  v.maxLength(200, 'The name of a run has at most 200 characters.'),
);
/** Of a picture that is saved. */
const title = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Of a sample in its version. */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const row = v.record(v.string(), v.pipe(v.string(), v.maxLength(10_000, 'A cell has at most 10,000 letters.')));

const QUESTION_SCHEMAS = {
  getEngines: none,
  installEngine: v.strictTuple([NativeKindSchema]),
  cancelInstall: none,
  removeEngine: v.strictTuple([NativeKindSchema]),
  getSpace: none,
  getDisk: none,
  showDataFolder: none,
  getPreferences: none,
  changePreferences: v.strictTuple([PreferencesChangeSchema]),
  getGiven: none,
  settleGiven: v.strictTuple([token]),
  getDataPlace: none,
  chooseDataFolder: none,
  moveData: v.strictTuple([token]),
  continueMove: none,
  cancelMove: none,
  undoMove: none,
  useDataFolder: v.strictTuple([token]),
  lookAtData: v.strictTuple([v.picklist(OTHER_DATA)]),
  useUsualFolder: none,
  removeOldData: none,
  keepOldData: none,
  dragSaved: v.strictTuple([token]),
  dragComparison: v.strictTuple([ComparisonDocumentSchema, v.picklist(COMPARISON_FILES)]),
  dragPicture: v.strictTuple([title, PngSchema]),
  getLicences: none,
  showBrowserLicences: none,
  getAppFacts: none,
  testNotification: none,
  listDatasets: none,
  chooseFolder: none,
  chooseDataFile: none,
  acceptDrop: v.strictTuple([path]),
  checkFolder: v.strictTuple([token, v.optional(SourceChoicesSchema)]),
  saveReport: v.strictTuple([token]),
  importFolder: v.strictTuple([token, ImportOptionsSchema]),
  importSample: v.strictTuple([SampleNameSchema]),
  cancelImport: none,
  pauseImport: none,
  listStoppedImports: none,
  resumeImport: v.strictTuple([id]),
  discardImport: v.strictTuple([id]),
  thumbnails: v.strictTuple([id]),
  editDataset: v.strictTuple([id, DatasetEditsSchema]),
  addPictures: v.strictTuple([id, token, AddOptionsSchema]),
  viewDataset: v.strictTuple([id, SplitSettingsSchema]),
  viewTable: v.strictTuple([id, SplitSettingsSchema]),
  readTiles: v.strictTuple([id, TileRequestSchema]),
  versionUse: v.strictTuple([id]),
  deleteVersion: v.strictTuple([id]),
  deleteDataset: v.strictTuple([id]),
  restoreDataset: v.strictTuple([id]),
  planRun: v.strictTuple([id, RunSpecSchema]),
  cancelPlan: none,
  forecastRun: v.strictTuple([id, RunSpecSchema]),
  leaveForecast: none,
  checkPieces: v.strictTuple([id, RunSpecSchema]),
  cancelCheck: none,
  startRun: v.strictTuple([id, RunSpecSchema]),
  resumeRun: v.strictTuple([id]),
  finishRun: v.strictTuple([id]),
  extendRun: v.strictTuple([id, RunSpecSchema.entries.epochs]),
  stopRun: v.strictTuple([id]),
  pauseRun: v.strictTuple([id]),
  endRun: v.strictTuple([id]),
  discardRun: v.strictTuple([id]),
  getQueue: none,
  queueRun: v.strictTuple([id, RunSpecSchema, v.optional(ExpectedSchema)]),
  moveQueued: v.strictTuple([id, v.picklist([-1, 1])]),
  removeQueued: v.strictTuple([id]),
  restoreQueued: v.strictTuple([id]),
  putBack: v.strictTuple([id]),
  continueQueue: none,
  currentRun: none,
  listRuns: none,
  getRun: v.strictTuple([id]),
  readCurve: v.strictTuple([id, CurvePartSchema]),
  saveReceiptPage: v.strictTuple([id, ReceiptDocumentSchema]),
  saveReceiptJson: v.strictTuple([id]),
  checkRepeat: v.strictTuple([id]),
  repeatRun: v.strictTuple([id]),
  keepOtherModel: v.strictTuple([id]),
  renameRun: v.strictTuple([id, name]),
  markRuns: v.strictTuple([SeveralRunsSchema, MarksChangeSchema]),
  deleteRuns: v.strictTuple([SeveralRunsSchema]),
  restoreRuns: v.strictTuple([SeveralRunsSchema]),
  deleteWeights: v.strictTuple([SeveralRunsSchema]),
  weightsUse: v.strictTuple([SeveralRunsSchema]),
  restoreWeights: v.strictTuple([SeveralRunsSchema]),
  runSizes: v.strictTuple([v.optional(SeveralRunsSchema)]),
  showRunFolder: v.strictTuple([id]),
  exportRuns: v.strictTuple([ExportedRunsSchema, v.boolean()]),
  cancelRunExport: none,
  importRuns: v.strictTuple([v.optional(token)]),
  chooseModel: none,
  listModels: none,
  modelUse: v.strictTuple([OwnModelIdSchema]),
  deleteModel: v.strictTuple([OwnModelIdSchema]),
  evaluateRun: v.strictTuple([id, v.picklist(EVALUATED_PARTS)]),
  cancelEvaluation: none,
  viewMasks: v.strictTuple([id, v.pipe(v.array(v.pipe(index, v.maxValue(2 ** 31 - 1))), v.minLength(1), v.maxLength(MOST_MASK_VIEWS))]),
  readRows: v.strictTuple([id, v.pipe(v.array(index), v.maxLength(MOST_ROWS_READ))]),
  compareRuns: v.strictTuple([ComparedRunsSchema, v.picklist(EVALUATED_PARTS)]),
  cancelComparison: none,
  disagreements: v.strictTuple([id, id, v.picklist(EVALUATED_PARTS)]),
  cancelDisagreements: none,
  comparedAnswers: v.strictTuple([ComparedRunsSchema, v.picklist(EVALUATED_PARTS)]),
  cancelComparedAnswers: none,
  saveComparison: v.strictTuple([ComparisonDocumentSchema, v.picklist(COMPARISON_FILES)]),
  samplePictures: v.strictTuple([SampleNameSchema]),
  savePicture: v.strictTuple([title, PngSchema]),
  choosePictures: none,
  choosePictureFolder: none,
  acceptPictures: v.strictTuple([
    v.pipe(v.array(path), v.minLength(1, 'Nothing was dropped.'), v.maxLength(MOST_DROPPED, TOO_MANY_DROPPED)),
  ]),
  readPictureTiles: v.strictTuple([token, PictureTilesSchema]),
  askPicture: v.strictTuple([id, AskedPictureSchema, v.optional(v.boolean())]),
  askPictures: v.strictTuple([id, token, index]),
  cancelAsking: v.strictTuple([v.picklist(CANCELLED_KINDS)]),
  saveAnswers: v.strictTuple([token]),
  whereLooked: v.strictTuple([id, AskedPictureSchema, v.pipe(v.string(), v.maxLength(1_000))]),
  openCamera: none,
  closeCamera: none,
  leaveModel: none,
  modelQuestion: v.strictTuple([id]),
  predictRow: v.strictTuple([id, row]),
  predictFile: v.strictTuple([id, token]),
  savePredictions: v.strictTuple([id, token]),
  exportModel: v.strictTuple([id, ExportNameSchema]),
  cancelExport: none,
  showExport: v.strictTuple([token]),
  getTrouble: none,
  sayUsable: none,
  dismissCrashes: none,
  restart: v.strictTuple([v.picklist(['normal', 'safe'])]),
  showLogs: none,
  listBackups: none,
  backUpNow: none,
  lookAtBackup: v.strictTuple([BackupNameSchema]),
  restoreBackup: v.strictTuple([BackupNameSchema]),
  collectDiagnostics: none,
  saveDiagnostics: v.strictTuple([WantedEntriesSchema]),
} satisfies { [K in ApiName]: v.GenericSchema<unknown, Parameters<Api[K]>> };

/** The arguments as the question's handler takes them, or a failure in the words of the first wrong one. */
export function validArguments<K extends ApiName>(question: K, given: unknown[]): Parameters<Api[K]> {
  const schema = QUESTION_SCHEMAS[question] as unknown as v.GenericSchema<unknown, Parameters<Api[K]>>;
  // Only a fault of ours comes here without a sentence of its own.
  const message = `The window asked "${question}" in a way Overbatch does not understand. Restart Overbatch and try again.`;
  const result = v.safeParse(schema, given, { message });
  if (result.success) return result.output;
  throw new FailureError({ kind: 'bad-setting', problem: result.issues[0].message });
}
