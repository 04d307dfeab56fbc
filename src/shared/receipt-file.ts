// receipt.json as it is read: a file without what every run of every version tells is damaged.
import * as v from 'valibot';
import type { Receipt } from './run-event';

const ReceiptSchema = v.looseObject({
  spec: v.looseObject({}),
  plan: v.looseObject({ pieces: v.array(v.number()) }),
  engine: v.looseObject({ name: v.string() }),
  dataset: v.looseObject({ contentHash: v.string() }),
});
const FileSchema = v.pipe(v.string(), v.parseJson(), ReceiptSchema);

/** Undefined: it is damaged. */
export function parseReceiptFile(text: string): Receipt | undefined {
  const read = v.safeParse(FileSchema, text);
  return read.success ? (read.output as unknown as Receipt) : undefined;
}
