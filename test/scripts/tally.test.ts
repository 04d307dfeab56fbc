// The last line of npm test counts every failure, also those that vitest does not count as tests.
import { describe, expect, test } from 'vitest';
import { sum, summaryLine, tally, tallyOfVitest } from '../../scripts/proof/tally.mjs';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((each) => ({ status: each })) });

describe('counts of a vitest report', () => {
  test('passed, failed and every kind of skipped', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo', 'skipped')] };
    expect(tallyOfVitest(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 });
  });

  test('a file that fails before its first test is one failure', () => {
    expect(tallyOfVitest({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('an error outside every test is one failure', () => {
    expect(tallyOfVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test('no report at all is one failure', () => {
    expect(tallyOfVitest(undefined, 127)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

test('the summary line sums the stages', () => {
  expect(summaryLine(sum([tally({ passed: 2 }), tally({ failed: 1, skipped: 3 }), tally({ passed: 5 })]))).toBe(
    '7 passed, 1 failed, 3 skipped',
  );
});
