// A yes-or-no question on the terminal; without a terminal the answer is no.
import { createInterface } from 'node:readline';

/** @param {string} question @returns {Promise<boolean>} */
export function askYes(question) {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return Promise.resolve(false);
  return new Promise((resolve) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    terminal.once('close', () => resolve(false)); // Ctrl-D is a no
    terminal.once('SIGINT', () => process.exit(130));
    terminal.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}
