// An imported table as the engine wants it: rows encoded and standardized by their training part as they are read.
import { categoryPlaces, inputWidth, rowExpander } from '#datasets/tables/expand';
import { fitTable } from '#datasets/tables/fit';
import { openTable, type PackedTable } from '#datasets/tables/packed-table';
import { splitTable } from '#datasets/tables/split-table';
import { createObjective } from '#engine/objectives/create';
import { regressionObjective } from '#engine/objectives/regression';
import type { SampleList, Samples } from '#engine/training-data';
import { isVaried } from '#shared/augment';
import { FailureError } from '#shared/failure';
import { CLASS_LOSSES, NUMBER_LOSSES } from '#shared/objective-settings';
import { TABLE_MODELS, type RunSpec } from '#shared/run-spec';
import type { TableFit, Task } from '#shared/table';
import type { OpenData } from './open-training-data';

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError dataset-missing, dataset-invalid; bad-setting for what is of pictures, or of classes where the target is none */
export async function openRows(folder: string, spec: RunSpec): Promise<OpenData> {
  const table = await openTable(folder);
  try {
    const { manifest, targets } = table;
    const { task, columns, labels, target } = manifest;
    refuseOtherSettings(spec, task, target);
    const { train, validation } = splitTable(table, spec);
    if (train.length === 0) throw new FailureError({ kind: 'dataset-invalid', path: folder, problem: 'no rows are left for training.' });
    const isRegression = task === 'regression';
    const fit = fitTable({ columns, targets, read: (indices) => table.read(indices) }, train, isRegression);
    const classCounts = labels.map(() => 0);
    if (!isRegression) for (const index of train) classCounts[targets[index]]++;
    const width = inputWidth(columns);
    return {
      ...rowReader(table, fit, width),
      hostBytes: 0,
      hostBytesFor: () => 0,
      readers: 0,
      inputShape: [width],
      inputScale: 1,
      categories: categoryPlaces(columns),
      classes: isRegression ? 1 : labels.length,
      classCounts,
      objective: isRegression ? regressionObjective(spec, fit.target?.deviation ?? 1) : createObjective(spec, classCounts),
      model: {
        labels,
        inputShape: [width],
        table: { format: manifest.file, columns, fit },
        target,
        output: isRegression ? 'value' : 'probabilities',
      },
      train,
      validation,
      test: new Int32Array(),
      ...(isRegression && { targetOf: (index: number) => targets[index] }),
      summary: {
        kind: 'table',
        name: manifest.name,
        contentHash: manifest.contentHash,
        labels,
        target,
        train: train.length,
        validation: validation.length,
      },
      notes: notesOf(spec, train.length, validation.length),
      close: async () => table.close(),
    };
  } catch (error) {
    table.close();
    throw error;
  }
}

function refuseOtherSettings(spec: RunSpec, task: Task, target: string): void {
  const { model, augment, inputSize, loss } = spec;
  if (!TABLE_MODELS.includes(model))
    throw bad(`The model ${model} is for pictures, and this data is a table. Choose one of: ${TABLE_MODELS.join(', ')}.`);
  if (isVaried(augment)) {
    throw bad('Only pictures can be varied, and this data is a table. Leave augmentation out.');
  }
  if (inputSize !== undefined) throw bad('Only pictures have an input size, and this data is a table. Leave it out.');
  const losses: readonly string[] = task === 'regression' ? NUMBER_LOSSES : CLASS_LOSSES;
  if (loss !== undefined && !losses.includes(loss)) {
    throw bad(
      `The loss ${loss} does not fit "${target}", which is ${task === 'regression' ? 'a number' : 'a class'}. Choose one of: ${losses.join(', ')}.`,
    );
  }
  if (task === 'regression') refuseClassSettings(spec, target);
}

function refuseClassSettings({ classWeights, labelSmoothing = 0 }: RunSpec, target: string): void {
  const named = classWeights === 'auto' ? 'Class weights' : labelSmoothing > 0 ? 'Label smoothing' : undefined;
  if (named) throw bad(`${named} cannot be used, because "${target}" is a number and has no classes. Leave it out.`);
}

/** Reads and standardizes a piece; buffers are used again, and grow with the largest piece. */
function rowReader(table: PackedTable, fit: TableFit, width: number) {
  const { columns, task } = table.manifest;
  const expand = rowExpander(columns, fit);
  let packed = new Float32Array();
  let expanded = new Float32Array();
  let waited = 0;
  return {
    read({ indices }: SampleList, start: number, size: number): Samples {
      const begin = performance.now();
      if (expanded.length < size * width) [packed, expanded] = [new Float32Array(size * columns.length), new Float32Array(size * width)];
      const taken = indices.subarray(start, start + size);
      table.read(taken, packed);
      for (let i = 0; i < size; i++) expand(packed, i * columns.length, expanded, i * width);
      const labels = Int32Array.from(taken, (index) => (task === 'classification' ? table.targets[index] : 0));
      const pixels = expanded.subarray(0, size * width);
      waited += performance.now() - begin;
      if (!fit.target) return { pixels, labels };
      const { mean, deviation } = fit.target;
      return { pixels, labels, targets: [Float32Array.from(taken, (index) => (table.targets[index] - mean) / deviation)] };
    },
    stalledMs: () => waited,
  };
}

function notesOf({ batch }: RunSpec, train: number, validation: number): string[] {
  return [
    ...(batch > train ? [`The batch of ${batch} is larger than the ${train} training rows, so every update uses all of them.`] : []),
    ...(validation === 0 ? ['No rows are left to validate with: this run says how it does in training only.'] : []),
  ];
}
