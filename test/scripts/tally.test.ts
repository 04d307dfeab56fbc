// The last line of npm test counts every failure, also those that vitest does not count as tests.
import { describe, expect, test } from 'vitest';
import { sum, summaryLine, tally, tallyOfVitest } from '../../scripts/proof/tally.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  name: 'test/a.test.ts',
  message: status === 'failed' ? 'Cannot find b\nat line 3' : '',
  assertionResults: tests.map((each) => ({
    status: each,
    fullName: `it is ${each}`,
    failureMessages: each === 'failed' ? ['\u001B[31mError: 2 is not 3\u001B[39m\n  at line 3'] : [],
  })),
});

describe('counts of a vitest report', () => {
  test('passed, failed and every kind of skipped', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo', 'skipped')] };
    expect(tallyOfVitest(report, 1)).toEqual({
      ...{ passed: 2, failed: 1, skipped: 3 },
      failures: ['test/a.test.ts > it is failed: Error: 2 is not 3'],
    });
  });

  test('a file that fails before its first test is one failure', () => {
    expect(tallyOfVitest({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
      ...{ passed: 1, failed: 1, skipped: 0 },
      failures: ['test/a.test.ts: Cannot find b'],
    });
  });

  test('an error outside every test is one failure', () => {
    expect(tallyOfVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({
      ...{ passed: 1, failed: 1, skipped: 0 },
      failures: ['vitest ended with exit code 1'],
    });
    const thrown = [{ message: 'test/b.test.ts: Error: left alone\nat line 2' }];
    expect(tallyOfVitest({ testResults: [file('passed', 'passed')] }, 1, thrown)).toEqual({
      ...{ passed: 1, failed: 1, skipped: 0 },
      failures: ['test/b.test.ts: Error: left alone'],
    });
  });

  test('no report at all is one failure', () => {
    expect(tallyOfVitest(undefined, 127)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});

test('the summary line sums the stages', () => {
  const total = sum([tally({ passed: 2 }), tally({ failed: 1, skipped: 3, failures: ['lint'] }), tally({ passed: 5 })]);
  expect(summaryLine(total)).toBe('7 passed, 1 failed, 3 skipped');
  expect(total.failures).toEqual(['lint']);
});
