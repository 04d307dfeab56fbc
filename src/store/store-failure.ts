// Failures of SQLite in the words of ours.
import type { Failure } from '#shared/failure';
import { FailureError, toFailure } from '#shared/failure';

export function storeFailure(error: unknown, file: string): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return { kind: 'damaged-database', path: file };
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return { kind: 'no-permission', path: file };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { kind: 'database-busy', path: file };
  return toFailure(error, file);
}

/** Does the work; what SQLite says about the disk or the file becomes a FailureError, a mistake of ours stays what it is. */
export function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const failure = storeFailure(error, file);
    throw failure.kind === 'unexpected' || error instanceof FailureError ? error : new FailureError(failure);
  }
}
