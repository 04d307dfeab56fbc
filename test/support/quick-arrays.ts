// For every test file: typed arrays of the same bits are equal at once. toEqual compares number by number, which for a network's weights takes
// seconds; what differs in a bit it still compares so, and shows.
import { expect } from 'vitest';

const bytesOf = (array: ArrayBufferView): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

expect.addEqualityTesters([
  function haveSameBits(a: unknown, b: unknown): true | undefined {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
    return bytesOf(a).equals(bytesOf(b)) || undefined;
  },
]);
