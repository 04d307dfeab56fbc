// What the person sees while set-up works: one line a stage on stderr, with a changing note on a terminal.

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 1 : 0)} s`;

/**
 * @template T
 * @param {string} label
 * @param {(note: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stage(label, work) {
  const start = performance.now();
  const terminal = process.stderr.isTTY;
  /** @param {string} text */
  const note = (text) => {
    if (terminal) process.stderr.write(`\r\x1b[K${label} … ${text}`);
  };
  process.stderr.write(terminal ? `${label} …` : `${label} …\n`);
  try {
    const result = await work(note);
    process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${label}: done in ${seconds(performance.now() - start)}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${label}: not done\n`);
    throw error;
  }
}
