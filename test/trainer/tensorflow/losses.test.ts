// Losses on TensorFlow, captured; and captured as op by op, bit for bit.
import { opByOp } from '#test/support/op-by-op';
import { describeTensorFlow } from '#test/support/tensorflow';
import { expectSameBits, lossSuite } from '#test/support/losses';

describeTensorFlow('losses on TensorFlow', (runtime) => {
  lossSuite(async () => runtime());
  expectSameBits(runtime, () => opByOp(runtime()));
});
