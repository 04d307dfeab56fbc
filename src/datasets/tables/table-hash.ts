// The name of a table's content: the same columns, rows, targets and order give the same hash on every machine.
import { createHash } from 'node:crypto';
import type { TableManifest } from '#shared/table';

export class TableHash {
  readonly #hash = createHash('sha256');
  readonly #target = Buffer.alloc(8);

  constructor({ task, target, labels, columns }: Pick<TableManifest, 'task' | 'target' | 'labels' | 'columns'>) {
    this.#hash.update(`${JSON.stringify({ kind: 'table', task, target, labels, columns })}\n`);
  }

  add(values: Float32Array, target: number): void {
    this.#target.writeDoubleLE(target);
    this.#hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).update(this.#target);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
