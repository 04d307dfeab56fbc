// A yes-or-no question on the terminal; without a terminal the answer is no.
import { createInterface } from 'node:readline/promises';

/** @param {string} question */
export async function askYes(question) {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
