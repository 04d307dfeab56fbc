// What the host and the training process say to each other; both ends are ours, so these are types without schemas.
import type { ListedPictures, ModelAnswer, ModelAsk, PictureAnswers, PictureTile } from './asking';
import type * as dataset from './dataset';
import type { DatasetEdits } from './dataset-edits';
import type { Packed, PackQuestion, Unpacked } from './run-file/transfer';
import type { SampleTiles, SplitSettings, Thumbnail, TileRequest, VersionView } from './dataset-view';
import type { EngineChoice, EngineReport, InstallProgress, NativeEngineStatus, NativeKind } from './engine';
import type { ComparedAnswers } from './comparison/compared-answers';
import type { ComparisonQuestion, Disagreements, KeptComparison } from './comparison/comparison';
import type { Evaluated, EvaluationQuestion } from './evaluation/evaluation';
import type { ExportProgress, ExportRequest, ExportResult } from './exports';
import type { Failure } from './failure';
import type { ForecastQuestion, PlannedRun, RunForecast, WholeAndPieces } from './forecast';
import type { Care } from './hosted-import';
import type { OwnModel } from './own-model';
import type { FilePrediction } from './prediction';
import type { PieceProgress } from './piece-progress';
import type { Cut, MeasuredPoint, Plan } from './plan';
import type { ProcessRecovery, Receipt, RunEvent } from './run-event';
import type { RunSpec } from './run-spec';
import type { TableRows, TableView } from './table-view';
import type { VersionDifference } from './version-difference';

export type TrainerCommand =
  | {
      kind: 'train';
      spec: RunSpec;
      datasetFolder: string;
      outFolder: string;
      startPath?: string;
      resumeFolder?: string;
      toFinish?: true;
      cut?: Cut;
      mostMicro?: number;
      known?: MeasuredPoint[];
      recoveries?: ProcessRecovery[];
    }
  /** `known`, `mostMicro`: after a process that died of a larger size. */
  | ({ kind: 'plan'; known?: MeasuredPoint[]; mostMicro?: number } & PlannedRun)
  /** Answered under its number; the process stays for more, and keeps what it is about open. */
  | { kind: 'forecast'; question: number; asked: ForecastQuestion }
  | ({ kind: 'check-pieces' } & PlannedRun)
  /** A model of a person's own, written anew into a folder of `into`. */
  | { kind: 'take-model'; file: string; into: string }
  /** The other model of an ended run in the place of the saved one. */
  | { kind: 'keep-other'; modelFolder: string }
  /** Answered under their number; the process stays for more, and keeps the model loaded. */
  | { kind: 'ask'; number: number; modelFolder: string; engine: EngineChoice; ask: ModelAsk }
  | { kind: 'end-ask'; number: number }
  | { kind: 'predict-file'; modelFolder: string; file: string; out?: string; engine: EngineChoice }
  /** What a finished run's model says of every sample of a part of its data. */
  | ({ kind: 'evaluate' } & EvaluationQuestion)
  /** By what is kept of their evaluations: no engine is loaded. */
  | ({ kind: 'compare' } & ComparisonQuestion)
  | ({ kind: 'disagreements' } & ComparisonQuestion)
  | ({ kind: 'compared-answers' } & ComparisonQuestion)
  | ({ kind: 'export' } & ExportRequest)
  /** Runs into a file for another computer, and out of one into a folder beside the runs of this one. */
  | ({ kind: 'pack-runs' } & PackQuestion)
  | { kind: 'unpack-runs'; file: string; into: string }
  | { kind: 'engines' }
  | { kind: 'install-engine'; native: NativeKind }
  | { kind: 'remove-engine'; native: NativeKind }
  /** Finish the step, save a checkpoint and end. */
  | { kind: 'stop' }
  /** Finish the step, save a checkpoint and end at once, so that the memory is free. */
  | { kind: 'pause' };

export type TrainerMessage =
  | { kind: 'event'; event: RunEvent }
  /** In the middle of a mini-batch that takes a while. */
  | { kind: 'piece'; progress: PieceProgress }
  /** Of a plan that is being made, a run's too: the size that is tried now, and what one was measured to need. */
  | { kind: 'trying'; micro: number }
  | { kind: 'measured'; point: MeasuredPoint }
  | { kind: 'plan'; plan: Plan; engine: EngineReport }
  | { kind: 'forecast'; question: number; forecast: RunForecast }
  | { kind: 'not-forecast'; question: number; failure: Failure }
  | { kind: 'pieces-checked'; check: WholeAndPieces }
  | { kind: 'model-taken'; model: OwnModel }
  | { kind: 'other-kept'; receipt: Receipt }
  | { kind: 'asked'; number: number; answer: ModelAnswer }
  /** Of many pictures, as they are answered. */
  | { kind: 'answers'; number: number; answers: PictureAnswers }
  | { kind: 'not-asked'; number: number; failure: Failure }
  | { kind: 'file-prediction'; prediction: FilePrediction }
  /** Samples at once in what comes next. */
  | { kind: 'judging'; micro: number }
  | { kind: 'evaluation-progress'; done: number; total: number }
  | { kind: 'evaluation'; evaluated: Evaluated }
  | { kind: 'comparison'; kept: KeptComparison }
  | { kind: 'disagreements'; found: Disagreements }
  | { kind: 'compared-answers'; answers: ComparedAnswers }
  | { kind: 'export-progress'; progress: ExportProgress }
  | { kind: 'exported'; result: ExportResult }
  | { kind: 'runs-packed'; packed: Packed }
  | { kind: 'runs-unpacked'; unpacked: Unpacked }
  | { kind: 'engines'; report: EngineReport; native: NativeEngineStatus[] }
  | { kind: 'install-progress'; progress: InstallProgress }
  | { kind: 'done' }
  | { kind: 'failure'; failure: Failure };

/** The process that checks and imports data, so that an import and a run go on side by side. */
export type ImporterCommand =
  | { kind: 'check'; folder: string; choices?: dataset.SourceChoices; care?: Care }
  | { kind: 'import'; folder: string; options: dataset.ImportOptions; into: string; isAlone?: boolean; care?: Care }
  | { kind: 'edit'; base: string; edits: DatasetEdits; into: string; care?: Care }
  | { kind: 'grow'; base: string; source: { folder: string; options: dataset.AddOptions; since: number }; into: string; care?: Care }
  /** The answer to 'opening': the file may be opened. */
  | { kind: 'go-on' }
  | { kind: 'thumbnails'; folder: string; perClass: number }
  /** How far an import into this folder came that was ended before its end. `isAlone`, as of an import: no other process writes beside it. */
  | { kind: 'look-for-stopped'; into: string; isAlone?: boolean }
  /** Answered under their number; the process stays for more. */
  | { kind: 'view'; number: number; folder: string; settings: SplitSettings }
  | { kind: 'view-table'; number: number; folder: string; settings: SplitSettings }
  | { kind: 'tiles'; number: number; folder: string; request: TileRequest }
  | { kind: 'rows'; number: number; folder: string; rows: number[] }
  | { kind: 'list-pictures'; number: number; paths: string[] }
  | { kind: 'picture-tiles'; number: number; files: string[]; side: number };

export type ImporterMessage =
  /** Every few seconds while it works. */
  | { kind: 'alive' }
  /** Before a file is opened, where that was asked for; without a name when it is done. */
  | { kind: 'opening'; file?: string }
  /** A decoder does not come to an end, of this file where it was opened alone: the process is to be killed. */
  | { kind: 'stuck'; file?: string }
  | { kind: 'progress'; progress: dataset.ImportProgress }
  | { kind: 'checked'; report: dataset.CheckReport }
  | { kind: 'imported'; manifest: dataset.DatasetManifest; folder: string; bytesOnDisk: number; difference?: VersionDifference }
  | { kind: 'thumbnails'; thumbnails: Thumbnail[] }
  /** Absent: no import can go on there. */
  | { kind: 'stopped-at'; at?: dataset.StoppedAt }
  | { kind: 'viewed'; number: number; view: VersionView }
  | { kind: 'table-viewed'; number: number; view: TableView }
  | { kind: 'tiles'; number: number; tiles: SampleTiles }
  | { kind: 'rows'; number: number; rows: TableRows }
  | { kind: 'pictures-listed'; number: number; listed: ListedPictures }
  | { kind: 'picture-tiles'; number: number; tiles: (PictureTile | undefined)[] }
  | { kind: 'refused'; number: number; failure: Failure }
  | { kind: 'failure'; failure: Failure };
