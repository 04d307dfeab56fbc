// A reporter for vitest: writes down what failed outside of any test, which its JSON report leaves out.
import { writeFileSync } from 'node:fs';

/** The file to write, given in the environment: vitest hands a reporter no options on its command line. */
export const UNHANDLED_FILE = 'OVERBATCH_UNHANDLED';

export default class UnhandledErrors {
  /**
   * @param {readonly unknown[]} _modules
   * @param {readonly { name?: string, message?: string, stack?: string, VITEST_TEST_PATH?: string }[]} errors
   */
  onTestRunEnd(_modules, errors) {
    const file = process.env[UNHANDLED_FILE];
    if (file === undefined) return;
    const lines = errors.map(({ name, message, stack, VITEST_TEST_PATH: path }) => ({
      message: `${path ?? 'outside of any test'}: ${name ?? 'Error'}: ${message ?? ''}`,
      stack,
    }));
    writeFileSync(file, JSON.stringify(lines));
  }
}
