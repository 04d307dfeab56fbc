// The digits from the command line on WebAssembly; wants a build. test/cli/train.test.ts has them on TensorFlow.
import { it } from 'vitest';
import { expectDigitsLearnt } from '#test/support/digits-cli';

it('the digits reach 0.97 in micro-batches of 32, and in pieces chosen for a budget', () => expectDigitsLearnt('wasm'));
