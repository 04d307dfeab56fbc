// Ctrl-C as a wish to end: what was begun is ended and tidied up, and then the command.

/** @param work is told by the signal, and ends then as it does */
export async function endedByInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController();
  const stop = (): void => control.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await work(control.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
