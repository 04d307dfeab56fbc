// What a saved model is asked with, read from its model.json: a picture, or a row with these columns.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { askedColumn } from '#shared/asked-columns';
import { FailureError } from '#shared/failure';
import type { ModelQuestion } from '#shared/prediction';
import { UsedColumnsSchema } from '#shared/table';

const FitSchema = v.object({ fill: v.number(), mean: v.optional(v.number()) });
const ModelSchema = v.object({
  userDefinedMetadata: v.object({
    labels: v.array(v.string()),
    output: v.optional(v.string()),
    target: v.optional(v.string()),
    table: v.optional(v.object({ columns: UsedColumnsSchema, fit: v.object({ columns: v.array(FitSchema) }) })),
  }),
});

/** @throws FailureError bad-model */
export async function modelQuestion(folder: string): Promise<ModelQuestion> {
  const text = await readFile(path.join(folder, 'model.json'), 'utf8').catch(() => undefined);
  if (text === undefined) throw bad(folder, 'there is no model.json in it. Train the model again, or restore the file.');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), ModelSchema), text);
  if (!read.success) throw bad(folder, 'its model.json is damaged. Train the model again, or restore the file.');
  const { table, target, labels, output } = read.output.userDefinedMetadata;
  if (!table || target === undefined) {
    return { kind: 'picture', labels, answers: output === 'pixel probabilities' ? 'mask' : 'class' };
  }
  return { kind: 'row', target, labels, columns: table.columns.map((column, i) => askedColumn(column, table.fit.columns[i])) };
}

const bad = (folder: string, problem: string) => new FailureError({ kind: 'bad-model', path: folder, problem });
