// A run killed three times; test/deep/killed.test.ts kills it thirty times.
import { expect, it } from 'vitest';
import { expectSameEnd } from '#test/support/killed-suite';
import { engineIsInstalled } from '#test/support/tensorflow';

it.skipIf(!engineIsInstalled())(
  'a run killed at three random places ends with the weights of one that was not, bit for bit',
  async () => {
    const { kills } = await expectSameEnd(30, 3);
    expect(kills).toBe(3);
  },
  120_000,
);
