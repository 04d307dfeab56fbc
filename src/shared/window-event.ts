// Every event that the window may hear.
import type { PictureAnswers } from './asking';
import type { ImportProgress } from './dataset';
import type { MoveProgress } from './data-move';
import type { DiskState } from './disk-state';
import type { InstallProgress } from './engine';
import type { EvaluatedPart } from './evaluation/evaluation';
import type { ExportProgress } from './exports';
import type { Given } from './given';
import type { PieceProgress } from './piece-progress';
import type { MeasuredPoint } from './plan';
import type { Preferences } from './preferences';
import type { RunQueue } from './queue';
import type { RunEvent } from './run-event';
import type { RunSpec } from './run-spec';
import type { Command, ItemCommand } from './shortcuts';

/** What main tells the window without being asked. */
export type WindowEvent =
  | { kind: 'run'; runId: string; event: RunEvent }
  | { kind: 'piece'; runId: string; progress: PieceProgress }
  | { kind: 'queue'; queue: RunQueue }
  /** The queue has begun the next run; the run itself speaks when its engine is loaded. */
  | { kind: 'begun'; runId: string; datasetId: string; spec: RunSpec }
  /** A notification about a run was clicked. */
  | { kind: 'show-run'; runId: string }
  | { kind: 'given'; given: Given[] }
  /** Chosen in the menu. */
  | { kind: 'command'; command: Command | ItemCommand }
  /** Of the plan that is being made, size by size. */
  | { kind: 'plan-measured'; point: MeasuredPoint }
  | { kind: 'evaluation-progress'; runId: string; part: EvaluatedPart; done: number; total: number }
  | { kind: 'answers'; question: number; answers: PictureAnswers }
  | { kind: 'import-progress'; progress: ImportProgress }
  | { kind: 'install-progress'; progress: InstallProgress }
  | { kind: 'export-progress'; progress: ExportProgress }
  | { kind: 'preferences'; preferences: Preferences }
  | { kind: 'move-progress'; progress: MoveProgress }
  | { kind: 'disk'; disk: DiskState };
