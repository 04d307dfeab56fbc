// What an export is: a trained model in, files out. One exporter a file, its line in index.ts, its words in shared/exports.ts.
import type { ModelMetadata } from '#engine/layers-model';
import type { Network } from '#engine/network';
import type { TrainingData } from '#engine/training-data';
import type { Compared } from '#shared/exports';
import type { Receipt } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';

/** A run's model with everything an export may carry. No path of the person's computer is in it. */
export interface TakenModel {
  /** Of the run, as the person named it. */
  name: string;
  network: Network;
  /** In the network's order. */
  weights: readonly Float32Array[];
  /** Labels, input, preprocessing, what the output means. */
  metadata: ModelMetadata;
  /** Absent where the run's folder has none. */
  receipt?: Receipt;
  /** Absent for exports that are not run here. */
  references?: References;
  /** Of what others trained, where the weights stem from that. */
  licences: readonly Licence[];
}

/** Inputs with the run's own answers, computed by its engine or, where that is gone, by the best one here. */
export interface References extends Compared {
  /** count × input shape, as the first layer takes them: bytes × metadata.preprocessing.scale, or the numbers of encoded rows. */
  inputs: Float32Array;
  /** count × output shape: probabilities, or the standardized value. */
  outputs: Float32Array;
}

/** Without the numbers themselves. */
export const comparedOn = ({ count, from, why }: References): Compared => ({ count, from, ...(why !== undefined && { why }) });

export interface Licence {
  /** What is under it, e.g. "EfficientNet-Lite0, trained on ImageNet". */
  of: string;
  text: string;
}

export interface ExportFile {
  /** Below the export's folder, with "/"; of an export that is one file, any name. */
  path: string;
  bytes: Uint8Array;
  /** What comes behind them, piece by piece, where all of it is too much to be held at once; asked for once, while the file is written. */
  rest?: () => Iterable<Uint8Array>;
  /** Of both together, where that is known before. */
  size?: number;
}

/** Programs that some exports carry or are tried with; read by whoever runs the exporter. */
export interface Programs {
  /** The page of src/renderer/exported, built. */
  script: string;
  style: string;
  /** Licences of what is inside it. */
  notices: string;
  /** TF.js' WebAssembly program. */
  wasm: Uint8Array;
}

/** The run as it could be done again. */
export interface RunAgain {
  /** With its frozen weights, its dropout and its BatchNorm. */
  network: Network;
  spec: RunSpec;
  /** How it went: as it was written, so with places of the person's computer. */
  receipt: Pick<Receipt, 'reason' | 'endedEarly' | 'extendedAfter' | 'recoveries' | 'model'>;
  /** N_μ */
  micro: number;
  /** Training samples (of masks, pixels) of each class. */
  classCounts: readonly number[];
  /** The weights that its training began with. */
  initial: readonly Float32Array[];
  data: TrainingData;
}

export interface Exporter {
  /** @param again the run, for exports that repeat it; open until the files are written. @throws FailureError bad-setting for what cannot be taken along */
  make(model: TakenModel, programs: Programs, again: () => Promise<RunAgain>): Promise<ExportFile[]>;
  proof: Proof;
}

/** How the process that made the files tries them, read back from the disk, before they get their name. */
export type Proof =
  /** Run by the page's script, which is stock TensorFlow.js; differences of outputs up to `tolerance` are rounding. */
  | { kind: 'run'; tolerance: number; runnable(files: readonly ExportFile[], programs: Programs): Runnable }
  /** Read again as far as that needs no other program; the tests open them with the programs they are for. @throws what is wrong */
  | { kind: 'read'; read(files: readonly ExportFile[], model: TakenModel): void };

/** A script that answers with the model beside it. */
export interface Runnable extends Pick<Programs, 'script' | 'wasm'> {
  /** model.json in TF.js' layers format. */
  model: string;
  weights: Uint8Array;
}

/** The file of that path. @throws where there is none */
export function fileOf(files: readonly ExportFile[], path: string): Uint8Array {
  const file = files.find((f) => f.path === path);
  if (!file) throw new Error(`${path} is missing.`);
  return file.bytes;
}
