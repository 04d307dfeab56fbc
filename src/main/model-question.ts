// What a saved model is asked with, read from its model.json: a picture, or a row with these columns.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { assertNever } from '#shared/assert-never';
import { FailureError } from '#shared/failure';
import { fourDigits } from '#shared/metric-words';
import type { AskedColumn, ModelQuestion } from '#shared/prediction';
import { UsedColumnsSchema, type DateFormat, type UsedColumn } from '#shared/table';

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
  return { kind: 'row', target, labels, columns: table.columns.map((column, i) => asked(column, table.fit.columns[i])) };
}

const bad = (folder: string, problem: string) => new FailureError({ kind: 'bad-model', path: folder, problem });

function asked(column: UsedColumn, fit: v.InferOutput<typeof FitSchema> | undefined): AskedColumn {
  const { name, kind } = column;
  const { fill, mean = 0 } = fit ?? { fill: 0 };
  switch (kind) {
    case 'number':
      return { name, kind, categories: [], usual: fourDigits(mean + column.origin).replaceAll(',', '') };
    case 'boolean':
      return { name, kind, categories: [], usual: fill === 1 ? 'yes' : 'no' };
    case 'date':
      return { name, kind, categories: [], usual: dateText(mean + column.origin, column.format), format: column.format };
    case 'category':
      return { name, kind, categories: column.categories, usual: column.categories[fill] ?? '' };
    default:
      return assertNever(column);
  }
}

function dateText(days: number, format: DateFormat): string {
  const [year, month, day] = new Date(Math.floor(days) * 86_400_000).toISOString().slice(0, 10).split('-');
  switch (format) {
    case 'year-month-day':
      return `${year}-${month}-${day}`;
    case 'day-month-year':
      return `${day}.${month}.${year}`;
    case 'month-day-year':
      return `${month}/${day}/${year}`;
    default:
      return assertNever(format);
  }
}
