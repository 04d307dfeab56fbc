// Counts of what passed, failed and was skipped, summed over everything that `npm test` does.

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @param {Partial<Tally>} [counts] @returns {Tally} */
export const tally = (counts = {}) => ({ passed: 0, failed: 0, skipped: 0, ...counts });

/** @param {Tally[]} tallies */
export const sum = (tallies) =>
  tallies.reduce(
    (total, each) =>
      tally({ passed: total.passed + each.passed, failed: total.failed + each.failed, skipped: total.skipped + each.skipped }),
    tally(),
  );

/** The last line of `npm test`. @param {Tally} total */
export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * @typedef {object} VitestReport what vitest's JSON reporter writes, as far as it is read here
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * A file that fails before its first test, and a run that ends badly though every test passed, count as one failure each.
 * @param {VitestReport | undefined} report nothing when vitest died before writing it
 * @param {number} exitCode
 */
export function tallyOfVitest(report, exitCode) {
  const counts = tally();
  for (const file of report?.testResults ?? []) {
    const statuses = file.assertionResults.map((test) => test.status);
    counts.passed += statuses.filter((status) => status === 'passed').length;
    const failed = statuses.filter((status) => status === 'failed').length;
    counts.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
