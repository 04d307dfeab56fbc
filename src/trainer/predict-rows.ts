// What a trained model says about rows of a table, as raw as they stand in its file.
import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { encodeRawRows } from '#datasets/tables/raw-rows';
import type { TableMetadata } from '#engine/layers-model';
import { prediction } from '#engine/predict';
import { rowAnswer } from '#engine/row-answer';
import type { CompiledFunction } from '#engine/runtime';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { EngineChoice } from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { RawRow, RowPrediction } from '#shared/prediction';
import type { TableFormat } from '#shared/table';
import { loadEngine } from './backend';
import { loadModel } from './saved-model';

export interface RowPredictor {
  readonly metadata: TableMetadata;
  /** At most `size` rows; `written`: how their cells are, where not as in the table that was learnt from. */
  predict(rows: readonly RawRow[], written?: Pick<TableFormat, 'decimal'>): Promise<RowPrediction[]>;
  dispose(): void;
}

/** @throws FailureError bad-model for a model that takes no rows */
export async function openRowPredictor(modelFolder: string, engine: EngineChoice, size: number): Promise<RowPredictor> {
  const { network, weights, metadata } = loadModel(modelFolder);
  if (!('table' in metadata))
    throw new FailureError({ kind: 'bad-model', path: modelFolder, problem: 'it answers about pictures, not about rows of a table.' });
  const runtime = await loadEngine(engine);
  const specs = [sampleSpecs(network, size)[0], ...weightSpecs(network)];
  const compiled = runtime.compile('predict rows', prediction(network, metadata.output === 'value' ? 'values' : 'probabilities'), specs);
  const kept = weights.map((values, i) => tensor(values, specs[i + 1].shape, 'float32'));
  const { table } = metadata;
  return {
    metadata,
    async predict(rows, written) {
      const encoded = encodeRawRows({ ...table, format: { ...table.format, ...written } }, rows);
      // Compiled for so many rows: what is missing of them is zero, and its answers are passed over.
      const whole = new Float32Array(size * (encoded.length / rows.length));
      whole.set(encoded);
      const values = await run(compiled, tensor(whole, specs[0].shape, 'float32'), kept);
      return rows.map((_, r) => rowAnswer(metadata, values.subarray(r * network.classes, (r + 1) * network.classes)));
    },
    dispose() {
      dispose(kept);
      compiled.dispose();
    },
  };
}

async function run(compiled: CompiledFunction, input: Tensor, weights: Tensor[]): Promise<Float32Array> {
  try {
    const [output] = compiled.call([input, ...weights]);
    const values = (await output.data()) as Float32Array;
    output.dispose();
    return values;
  } finally {
    input.dispose();
  }
}

/** In the order of the rows. @throws FailureError bad-model for a model that takes no rows */
export async function predictRows(
  modelFolder: string,
  rows: readonly RawRow[],
  engine: EngineChoice,
  written?: Pick<TableFormat, 'decimal'>,
): Promise<RowPrediction[]> {
  const predictor = await openRowPredictor(modelFolder, engine, rows.length);
  try {
    return await predictor.predict(rows, written);
  } finally {
    predictor.dispose();
  }
}
