// A run's receipt as it is read: shown in the window, copied as text, saved as a page. One document, so that all three say the same.
import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(20_000));

export const ReceiptDocumentSchema = v.object({
  title: text,
  lead: text,
  /** Whether the result is that of one batch, and how that is known. */
  statement: v.object({ title: text, isSame: v.boolean(), sentences: v.pipe(v.array(text), v.maxLength(20)) }),
  parts: v.pipe(v.array(v.object({ title: text, facts: v.pipe(v.array(v.tuple([text, text])), v.maxLength(200)) })), v.maxLength(20)),
  events: v.pipe(v.array(v.object({ at: text, message: text })), v.maxLength(2_000)),
});
export type ReceiptDocument = v.InferOutput<typeof ReceiptDocumentSchema>;

/** To be pasted anywhere. */
export function receiptText({ title, lead, statement, parts, events }: ReceiptDocument): string {
  return [
    `${title}\n${lead}`,
    [statement.title, ...statement.sentences].join('\n'),
    ...parts.map((part) => [part.title, ...part.facts.map(([name, value]) => `  ${name}: ${value}`)].join('\n')),
    ...(events.length > 0 ? [['Events', ...events.map(({ at, message }) => `  ${at}  ${message}`)].join('\n')] : []),
  ].join('\n\n');
}
