// What comes before the first step of a last layer's run, in its forecast: the rest of the network looks at each picture once, as many at once as
// fit, which may be what needs the most.
import { fits, type BatchForecast, type TooLarge } from '#shared/forecast';
import { heldBytes } from './held-bytes';
import type { Subject } from './subject';

export function withExtraction(
  subject: Subject,
  row: BatchForecast | TooLarge,
  { batch, budgetBytes }: { batch: number; budgetBytes: number },
): BatchForecast | TooLarge {
  const { extraction } = subject;
  if (!extraction || !fits(row)) return row;
  extraction.reachNow(budgetBytes, extraction.most);
  const held = heldBytes(subject, { batch, budgetBytes });
  const micro = extraction.largest(budgetBytes - held, extraction.most);
  const neededBytes = extraction.at(Math.max(1, micro)) + held;
  if (micro === 0) return { batch: row.batch, neededBytes };
  const more = neededBytes - row.peakBytes;
  if (more <= 0) return row;
  return {
    ...row,
    peakBytes: neededBytes,
    wholeBatchBytes: Math.max(row.wholeBatchBytes, neededBytes),
    memory: { ...row.memory, activations: row.memory.activations + more },
  };
}
