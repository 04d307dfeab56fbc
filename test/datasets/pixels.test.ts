// The fourth channel is dropped, whatever the number of pixels and wherever in memory they come from and go to.
import { expect, test } from 'vitest';
import { toChannels } from '#datasets/channels';
import { pixels } from '#test/support/pictures';

test.each([0, 1, 2, 3])('%i bytes behind a multiple of four', (offset) => {
  for (const count of [1, 3, 4, 5, 8, 11, 64, 97]) {
    const four = pixels(count, 1, 4, count);
    const memory = Buffer.alloc(offset + four.length);
    four.copy(memory, offset);
    const raw = Buffer.from(memory.buffer, memory.byteOffset + offset, four.length);
    const three = [...four].filter((_, i) => i % 4 !== 3);
    for (const ahead of [0, 1, 4]) {
      const out = new Uint8Array(new ArrayBuffer(ahead + three.length), ahead);
      toChannels(raw, 4, out, 3);
      expect([...out]).toEqual(three);
    }
  }
});
