// A whole table answered by a trained model: row by row, beside what the table itself says where it has the column; written as csv on request.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { word } from '#shared/language';
import { isMissing, parseNumber } from '#datasets/tables/cells';
import { readTable, type NamedRow } from '#datasets/tables/read-table';
import { Moments } from '#datasets/tables/sketch';
import type { TableMetadata } from '#engine/layers-model';
import type { EngineChoice } from '#shared/engine';
import { FailureError, toFailure } from '#shared/failure';
import { fourDigits } from '#shared/metric-words';
import type { FilePrediction, RowPrediction } from '#shared/prediction';
import type { TableFormat } from '#shared/table';
import { openRowPredictor } from './predict-rows';

/** Rows asked about together. */
const TOGETHER = 1024;
const MOST_SHOWN = 100;
const MOST_CELLS = 8;

export interface FileQuestion {
  modelFolder: string;
  file: string;
  /** The table again with the answers beside it; absent: nothing is written. */
  out?: string;
  engine: EngineChoice;
}

/** @throws FailureError dataset-missing, dataset-invalid for a table without the model's columns, bad-model, disk-full, no-permission */
export async function predictFile({ modelFolder, file, out, engine }: FileQuestion): Promise<FilePrediction> {
  const predictor = await openRowPredictor(modelFolder, engine, TOGETHER);
  try {
    const { metadata } = predictor;
    const { format, names, rows } = await readTable(file, metadata.table.format);
    const answered: FilePrediction = {
      target: metadata.target,
      rows: 0,
      shown: [],
      columns: names.filter((name) => name !== metadata.target).slice(0, MOST_CELLS),
      notes: notesOf(metadata, names, file),
    };
    const score = new Score(metadata, format);
    const writer = out === undefined ? undefined : new AnswerWriter(out, names, metadata, format);
    try {
      for await (const batch of inPieces(rows, TOGETHER)) {
        const answers = await predictor.predict(
          batch.map(({ cells }) => cells),
          format,
        );
        for (const [i, { line, cells }] of batch.entries()) {
          answered.rows++;
          score.add(answers[i], cells[metadata.target]);
          if (answered.shown.length < MOST_SHOWN) answered.shown.push(shown(answers[i], line, cells, answered.columns));
          if (writer) await writer.add(cells, answers[i]);
        }
      }
      await writer?.close();
    } catch (error) {
      writer?.destroy();
      throw error;
    }
    if (answered.rows === 0) throw invalid(file, 'it has names of columns and no rows below them. Add rows, or choose another table.');
    const { reading } = score;
    return { ...answered, ...(reading && { score: reading }) };
  } finally {
    predictor.dispose();
  }
}

const invalid = (path: string, problem: string): FailureError => new FailureError({ kind: 'dataset-invalid', path, problem });

function notesOf({ table: { columns } }: TableMetadata, names: readonly string[], file: string): string[] {
  const absent = columns.map(({ name }) => name).filter((name) => !names.includes(name));
  const listed = (all: readonly string[]) => `${all.slice(0, 8).join(', ')}${all.length > 8 ? ', …' : ''}`;
  if (absent.length === columns.length) {
    throw invalid(file, `it has none of the columns that the model asks for: ${listed(absent)}. Name its columns so in the first row.`);
  }
  if (absent.length === 0) return [];
  return [
    absent.length === 1
      ? `It has no column ${absent[0]}: it counts as missing in every row, and the answers are worth less.`
      : `It has no columns ${listed(absent)}: they count as missing in every row, and the answers are worth less.`,
  ];
}

function shown(answer: RowPrediction, line: number, cells: NamedRow['cells'], columns: readonly string[]): FilePrediction['shown'][number] {
  const actual = cells[answer.target];
  return {
    line,
    ...(answer.kind === 'number'
      ? { answer: fourDigits(answer.value) }
      : { answer: answer.classes[0].label, probability: answer.classes[0].probability }),
    ...(actual !== undefined && { actual }),
    cells: columns.map((name) => cells[name] ?? ''),
  };
}

/** Answers beside what the table says. */
class Score {
  #right = 0;
  #residual = 0;
  #absolute = 0;
  readonly #actual = new Moments();

  constructor(
    private readonly metadata: TableMetadata,
    private readonly format: TableFormat,
  ) {}

  add(answer: RowPrediction, actual: string | undefined): void {
    if (actual === undefined || isMissing(actual)) return;
    if (answer.kind === 'class') {
      this.#actual.add(0);
      if (answer.classes[0].label === actual) this.#right++;
      return;
    }
    const value = parseNumber(actual, this.format.decimal);
    if (Number.isNaN(value)) return;
    this.#actual.add(value);
    this.#absolute += Math.abs(answer.value - value);
    this.#residual += (answer.value - value) ** 2;
  }

  get reading(): FilePrediction['score'] {
    const of = this.#actual.count;
    if (of === 0) return undefined;
    if (this.metadata.output === 'probabilities') return { kind: 'class', right: this.#right, of };
    const { squares } = this.#actual;
    return { kind: 'number', r2: squares > 0 ? 1 - this.#residual / squares : NaN, off: this.#absolute / of, of };
  }
}

/** The table as it was written, with columns for the answer. */
class AnswerWriter {
  readonly #stream;
  readonly #names: readonly string[];
  readonly #failed: Promise<never>;

  constructor(
    path: string,
    names: readonly string[],
    { target, output }: TableMetadata,
    private readonly format: TableFormat,
  ) {
    this.#names = names;
    this.#stream = createWriteStream(path);
    this.#failed = new Promise((_, reject) => this.#stream.once('error', (error) => reject(new FailureError(toFailure(error, path)))));
    this.#failed.catch(() => undefined);
    const added = output === 'value' ? [`predicted ${target}`] : [`predicted ${target}`, word('probability')];
    // The mark lets spreadsheets read letters with accents right.
    this.#stream.write(`\ufeff${this.#line([...names, ...added])}`);
  }

  async add(cells: NamedRow['cells'], answer: RowPrediction): Promise<void> {
    const added =
      answer.kind === 'number'
        ? [this.#number(answer.value)]
        : [answer.classes[0].label, this.#number(Number(answer.classes[0].probability.toFixed(4)))];
    const line = this.#line([...this.#names.map((name) => cells[name] ?? ''), ...added]);
    if (!this.#stream.write(line)) await Promise.race([once(this.#stream, 'drain'), this.#failed]);
  }

  async close(): Promise<void> {
    this.#stream.end();
    await Promise.race([finished(this.#stream), this.#failed]);
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #number(value: number): string {
    const text = String(Number(value.toPrecision(7)));
    return this.format.decimal === ',' ? text.replace('.', ',') : text;
  }

  #line(cells: readonly string[]): string {
    const { separator } = this.format;
    const quoted = cells.map((cell) => (cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
    return `${quoted.join(separator)}\r\n`;
  }
}

async function* inPieces<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let piece: T[] = [];
  for await (const item of items) {
    piece.push(item);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
