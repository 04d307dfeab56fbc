// Running out of memory as one typed failure, whoever noticed it: the meter before a call, an engine inside one, a library in its own words.
import { bytesAskedFor, tellsOfExhaustion } from '#shared/exhaustion';
import { FailureError, type Failure } from '#shared/failure';

export type OutOfMemory = Extract<Failure, { kind: 'out-of-memory' }>;

/**
 * @param inUseBytes what the run holds, which is all that was there for an engine that names no figures
 * @returns undefined for any other error
 */
export function outOfMemoryIn(error: unknown, inUseBytes: number, limitBytes: number): OutOfMemory | undefined {
  if (error instanceof FailureError) return error.failure.kind === 'out-of-memory' ? error.failure : undefined;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!tellsOfExhaustion(text)) return undefined;
  const availableBytes = Math.min(inUseBytes, limitBytes);
  return { kind: 'out-of-memory', neededBytes: availableBytes + (bytesAskedFor(text) ?? 0), availableBytes, micro: 0 };
}
