// Counts of what passed, failed and was skipped, summed over everything that `npm test` does.

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally failures: a line each, for the end of a long output */

/** @param {Partial<Tally>} [counts] @returns {Tally} */
export const tally = (counts = {}) => ({ passed: 0, failed: 0, skipped: 0, failures: [], ...counts });

/** @param {Tally[]} tallies */
export const sum = (tallies) =>
  tallies.reduce(
    (total, each) =>
      tally({
        passed: total.passed + each.passed,
        failed: total.failed + each.failed,
        skipped: total.skipped + each.skipped,
        failures: [...total.failures, ...each.failures],
      }),
    tally(),
  );

/** The last line of `npm test`. @param {Tally} total */
export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * @typedef {object} VitestReport what vitest's JSON reporter writes, as far as it is read here
 * @property {ReportedFile[]} testResults
 *
 * @typedef {{ status: string, name?: string, message?: string, assertionResults: ReportedTest[] }} ReportedFile
 * @typedef {{ status: string, fullName?: string, failureMessages?: string[] | null }} ReportedTest
 */

// eslint-disable-next-line no-control-regex -- colours of a terminal begin with the control character
const plain = (/** @type {string} */ text) => text.replace(/\u001B\[[0-9;]*m/gu, '');
const firstLine = (/** @type {string | undefined} */ text) =>
  plain(text ?? '')
    .trim()
    .split('\n', 1)[0];

/** @param {ReportedFile} file @returns {string[]} what failed in it, a line each */
function failuresOf({ status, name = 'a file', message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [`${name}: ${firstLine(message)}`];
  return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
}

/**
 * A file that fails before its first test, and a run that ends badly though every test passed, count as one failure each.
 * @param {VitestReport | undefined} report nothing when vitest died before writing it
 * @param {number} exitCode
 * @param {{ message: string }[]} [unhandled] what was thrown outside of any test
 */
export function tallyOfVitest(report, exitCode, unhandled = []) {
  const counts = tally();
  for (const file of report?.testResults ?? []) {
    const statuses = file.assertionResults.map((test) => test.status);
    counts.passed += statuses.filter((status) => status === 'passed').length;
    counts.failures.push(...failuresOf(file));
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  }
  counts.failures.push(...unhandled.map(({ message }) => firstLine(message)));
  if (exitCode !== 0 && counts.failures.length === 0) counts.failures.push(`vitest ended with exit code ${exitCode}`);
  counts.failed = counts.failures.length;
  return counts;
}
