// A run that is killed thirty times at places drawn from a seed, some while a checkpoint is being written, ends as if nothing had happened.
import { expect, it } from 'vitest';
import { expectSameEnd } from '#test/support/killed-suite';
import { engineIsInstalled } from '#test/support/tensorflow';

it.skipIf(!engineIsInstalled())('thirty-two SIGKILLs change no bit of the result', async () => {
  const { kills, whileWriting } = await expectSameEnd(4_000, 32, 7);
  console.log(`${kills} kills, ${whileWriting} of them while a checkpoint was being written`);
  expect(whileWriting).toBeGreaterThan(0);
});
