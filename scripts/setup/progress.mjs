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
  const elapsed = () => seconds(performance.now() - start);
  const terminal = process.stderr.isTTY;
  let latest = '';
  const show = () => process.stderr.write(`\r\x1b[K${label} … ${latest} (${elapsed()})`);
  /** @param {string} outcome */
  const end = (outcome) => process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${label}: ${outcome}\n`);

  // The seconds go on while a program that says nothing works: nobody should take it for hanging.
  const ticking = terminal ? setInterval(show, 1000) : undefined;
  if (terminal) show();
  else process.stderr.write(`${label} …\n`);
  try {
    const result = await work((text) => {
      latest = text;
      if (terminal) show();
    });
    end(`done in ${elapsed()}`);
    return result;
  } catch (error) {
    end('not done');
    throw error;
  } finally {
    clearInterval(ticking);
  }
}
