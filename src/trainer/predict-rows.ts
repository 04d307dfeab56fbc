// What a trained model says about rows of a table, as raw as they stand in its file.
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { cellEncoder } from '#datasets/tables/encode';
import { inputWidth, rowExpander } from '#datasets/tables/expand';
import type { TableMetadata } from '#engine/layers-model';
import { prediction } from '#engine/predict';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { EngineChoice } from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { RowPrediction } from '#shared/prediction';
import { loadEngine } from './backend';
import { loadModel } from './saved-model';

/** Cells by column name; one that is absent is missing. */
export type RawRow = Readonly<Record<string, string>>;

/** The numbers the network takes, row after row. */
export function encodeRawRows({ table: { format, columns, fit } }: Pick<TableMetadata, 'table'>, rows: readonly RawRow[]): Float32Array {
  const encoders = columns.map((column) => cellEncoder(column, format));
  const expand = rowExpander(columns, fit);
  const width = inputWidth(columns);
  const packed = new Float32Array(columns.length);
  const expanded = new Float32Array(rows.length * width);
  for (const [r, row] of rows.entries()) {
    for (const [i, { name }] of columns.entries()) packed[i] = encoders[i]((row[name] ?? '').trim());
    expand(packed, 0, expanded, r * width);
  }
  return expanded;
}

/** In the order of the rows. @throws FailureError bad-model for a model that takes no rows */
export async function predictRows(modelFolder: string, rows: readonly RawRow[], engine: EngineChoice): Promise<RowPrediction[]> {
  const { network, weights, metadata } = loadModel(modelFolder);
  if (!('table' in metadata))
    throw new FailureError({ kind: 'bad-model', path: modelFolder, problem: 'it answers about pictures, not about rows of a table.' });
  const runtime = await loadEngine(engine);
  const specs = [sampleSpecs(network, rows.length)[0], ...weightSpecs(network)];
  const compiled = runtime.compile('predict rows', prediction(network, metadata.output === 'value' ? 'values' : 'probabilities'), specs);
  const inputs = [encodeRawRows(metadata, rows), ...weights].map((values, i) => tensor(values, specs[i].shape, 'float32'));
  try {
    const [output] = compiled.call(inputs);
    const values = await output.data();
    output.dispose();
    return rows.map((_, r) => answerOf(metadata, values.subarray(r * network.classes, (r + 1) * network.classes)));
  } finally {
    dispose(inputs);
    compiled.dispose();
  }
}

function answerOf({ labels, output, target, table }: TableMetadata, values: ArrayLike<number>): RowPrediction {
  if (output === 'value') {
    const { mean, deviation } = table.fit.target ?? { mean: 0, deviation: 1 };
    return { kind: 'number', target, value: values[0] * deviation + mean };
  }
  const classes = labels.map((label, i) => ({ label, probability: values[i] }));
  return { kind: 'class', target, classes: classes.sort((a, b) => b.probability - a.probability) };
}
