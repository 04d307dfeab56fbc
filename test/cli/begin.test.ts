// The command line speaks English whatever is said of the language around it, and is told so before any of its modules is read.
import { expect, test, vi } from 'vitest';

test('a language that is set is gone before the first module that says something', async () => {
  vi.stubEnv('OVERBATCH_LANGUAGE', 'de');
  const begun = new Promise<string | undefined>((resolve) => {
    vi.doMock('../../src/cli/index', () => {
      resolve(process.env.OVERBATCH_LANGUAGE);
      return {};
    });
  });
  await import('#cli/begin');
  expect(await begun).toBeUndefined();
  vi.unstubAllEnvs();
});
