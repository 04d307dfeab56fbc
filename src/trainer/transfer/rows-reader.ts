// The rows of a run, piece by piece: lines of one kind, in the order that they are counted by; the first names their fields.
import { createHash } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import type { FailureError } from '#shared/failure';
import { MOST_LINE_LETTERS, parseRow, ROWS, type RowsName } from '#shared/run-file/record';

export class RowsReader {
  readonly #decoder = new StringDecoder('utf8');
  readonly #hash = createHash('sha256');
  #rest = '';
  #isBegun = false;
  #last = -Infinity;

  constructor(
    private readonly name: RowsName,
    private readonly damaged: () => FailureError,
  ) {}

  /** As they are written to the disk: without the first. */
  take(piece: Buffer): string {
    const lines = (this.#rest + this.#decoder.write(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_LINE_LETTERS) throw this.damaged();
    return lines.map((line) => this.#line(line)).join('');
  }

  end(): string {
    if (this.#rest !== '' || !this.#isBegun) throw this.damaged();
    return '';
  }

  get sum(): string {
    return this.#hash.copy().digest('hex');
  }

  #line(line: string): string {
    if (!this.#isBegun) {
      if (line !== JSON.stringify(ROWS[this.name].fields)) throw this.damaged();
      this.#isBegun = true;
      return '';
    }
    const row = parseRow(this.name, line);
    if (!row) throw this.damaged();
    // Steps and epochs are counted; sentences may be of one moment.
    if (typeof row[0] === 'number') {
      if (row[0] <= this.#last) throw this.damaged();
      this.#last = row[0];
    }
    const text = JSON.stringify(row);
    this.#hash.update(text);
    return `${text}\n`;
  }
}
