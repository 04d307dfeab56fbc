// A run killed once; test/deep/killed.test.ts kills it thirty times.
import { expect, it } from 'vitest';
import { expectSameEnd } from '#test/support/killed-suite';
import { engineIsInstalled } from '#test/support/tensorflow';

it.skipIf(!engineIsInstalled())(
  'a run killed at a random place ends with the weights of one that was not, bit for bit',
  async () => {
    const { kills } = await expectSameEnd(30, 1);
    expect(kills).toBe(1);
  },
  120_000,
);
