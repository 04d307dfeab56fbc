// A failure of set-up: one sentence that says what happened and what to do next, shown without a stack trace.

export class Problem extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'Problem';
  }
}

/** @param {unknown} error */
export function sentenceOf(error) {
  if (error instanceof Problem) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const where = error instanceof Error && 'path' in error ? String(error.path) : 'the disk';
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk is full (writing ${where}). Free some space and run the same command again.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `There is no permission to write ${where}. Change its owner, or set OVERBATCH_CACHE to a folder of yours, and run the same command again.`;
  const message = error instanceof Error ? error.message : String(error);
  return `Set-up stopped: ${message}. Run the same command again; with OVERBATCH_DEBUG=1 it shows where.`;
}

/**
 * Runs a command's body; whatever it throws ends as one sentence and exit code 1.
 * @param {() => Promise<number | void>} body returns the exit code, or nothing to leave it as it is
 */
export async function runCommand(body) {
  try {
    const code = await body();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    if (process.env.OVERBATCH_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}
