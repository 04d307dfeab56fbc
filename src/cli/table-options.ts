// The words of a command that say how a table is to be read and what is learnt from it.
import * as v from 'valibot';
import { FailureError } from '#shared/failure';
import { COLUMN_KINDS, TableOptionsSchema, TEXT_ENCODINGS, type TableFormat, type TableOptions } from '#shared/table';

const text = { type: 'string' } as const;
export const TABLE_OPTIONS = {
  target: text,
  task: text,
  separator: text,
  decimal: text,
  encoding: text,
  'no-header': { type: 'boolean' },
  'leave-out': text,
  as: text,
} as const;

type Said = { [K in keyof typeof TABLE_OPTIONS]?: string | boolean | undefined };

export const TABLE_HELP = `  --target COLUMN     what is learnt of a table                 (guessed, and said)
  --task NAME         classification, regression                (guessed, and said)
  --leave-out LIST    columns of a table that are not learnt from, commas between
  --as LIST           what columns are: COLUMN=number|category|boolean|date, commas between
  --separator S       comma, semicolon, tab, bar                (found by looking)
  --decimal MARK      point, comma                              (found by looking)
  --encoding NAME     ${TEXT_ENCODINGS.join(', ')}   (found by looking)
  --no-header         the first row is a row, not the names`;

const SEPARATORS: Record<string, TableFormat['separator']> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  bar: '|',
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
};
const DECIMALS: Record<string, TableFormat['decimal']> = { point: '.', comma: ',', '.': '.', ',': ',' };

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });
const listOf = (given: unknown): string[] => (typeof given === 'string' ? given.split(',').map((name) => name.trim()) : []);

/** Undefined where nothing is said of a table. @throws FailureError bad-setting */
export function tableOptions(said: Said): TableOptions | undefined {
  const columns = Object.fromEntries([
    ...listOf(said['leave-out']).map((name) => [name, 'left-out']),
    ...listOf(said.as).map(asKind),
  ]) as TableOptions['columns'];
  const format: Partial<TableFormat> = {
    ...(said.separator === undefined ? {} : { separator: oneOf('separator', SEPARATORS, said.separator) }),
    ...(said.decimal === undefined ? {} : { decimal: oneOf('decimal', DECIMALS, said.decimal) }),
    ...(said.encoding === undefined ? {} : { encoding: said.encoding as TableFormat['encoding'] }),
    ...(said['no-header'] ? { header: false } : {}),
  };
  const options = {
    kind: 'table' as const,
    ...(said.target === undefined ? {} : { target: said.target }),
    ...(said.task === undefined ? {} : { task: said.task }),
    ...(Object.keys(format).length > 0 ? { format } : {}),
    ...(columns && Object.keys(columns).length > 0 ? { columns } : {}),
  };
  if (Object.keys(options).length === 1) return undefined;
  const result = v.safeParse(TableOptionsSchema, options);
  if (result.success) return result.output;
  const { message, path } = result.issues[0];
  throw bad(path?.[0].key === 'format' ? `--encoding must be one of: ${TEXT_ENCODINGS.join(', ')}.` : message);
}

/** What a word of an option stands for. @throws FailureError bad-setting */
export function oneOf<T>(option: string, words: Record<string, T>, said: unknown): T {
  const word = String(said);
  if (Object.hasOwn(words, word)) return words[word];
  throw bad(
    `--${option} must be one of: ${Object.keys(words)
      .filter((name) => name.length > 1)
      .join(', ')}.`,
  );
}

function asKind(part: string): [string, string] {
  const at = part.lastIndexOf('=');
  const [name, kind] = [part.slice(0, at), part.slice(at + 1)];
  if (at > 0 && COLUMN_KINDS.some((one) => one === kind)) return [name, kind];
  throw bad(`--as takes COLUMN=KIND, where the kind is one of: ${COLUMN_KINDS.join(', ')}; "${part}" is not that.`);
}
