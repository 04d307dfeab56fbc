// Answers what the app's parts for rows ask of the app, by the model in this page.
import { encodeRawRows } from '#datasets/tables/raw-rows';
import type { TableMetadata } from '#engine/layers-model';
import { rowAnswer } from '#engine/row-answer';
import { askedColumn } from '#shared/asked-columns';
import type { Answer, WindowApi } from '#shared/contract';
import type { OpenedModel } from './model';

const answer = <T>(value: T): Answer<T> => ({ ok: true, value });

export function rowApi(model: OpenedModel, metadata: TableMetadata): WindowApi {
  const { table, target, labels } = metadata;
  const api: Pick<WindowApi, 'modelQuestion' | 'predictRow'> = {
    modelQuestion: async () =>
      answer({ kind: 'row', target, labels, columns: table.columns.map((column, i) => askedColumn(column, table.fit.columns[i])) }),
    async predictRow(_, row) {
      // A typed row has a decimal point, whatever the table had.
      const numbers = encodeRawRows({ ...table, format: { ...table.format, decimal: '.' } }, [row]);
      return answer(rowAnswer(metadata, await model.answer(numbers, 1)));
    },
  };
  // A single row asks for no more; whole tables are for the app.
  return api as WindowApi;
}
