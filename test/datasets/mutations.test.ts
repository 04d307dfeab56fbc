// Pictures with bytes flipped, cut, repeated or overwritten: decoded or refused by name, never anything else. Seeded, so it repeats.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodePicture } from '#datasets/decode-picture';
import { FailureError } from '#shared/failure';

const FIXTURES = join(__dirname, '..', 'fixtures', 'pictures');
const EACH = 80;

let state = 20261123;
const below = (limit: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

function mutated(original: Buffer): Buffer {
  const bytes = Buffer.from(original);
  // Headers are short and decide most: half of the changes go there.
  const place = () => below(below(2) ? Math.min(120, bytes.length) : bytes.length);
  switch (below(4)) {
    case 0:
      for (let i = below(8); i >= 0; i--) bytes[place()] ^= 1 << below(8);
      return bytes;
    case 1:
      for (let i = below(4); i >= 0; i--) bytes[place()] = [0, 0x7f, 0x80, 0xff][below(4)];
      return bytes;
    case 2: {
      const at = place();
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(40))]);
    }
    default: {
      const at = place();
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1), at), bytes.subarray(at)]);
    }
  }
}

test.each(readdirSync(FIXTURES).filter((name) => !name.endsWith('.json')))('%s', async (name) => {
  const original = readFileSync(join(FIXTURES, name));
  let refused = 0;
  for (let i = 0; i < EACH; i++) {
    const bytes = mutated(original);
    const started = performance.now();
    const outcome = await decodePicture(bytes, { width: 8, height: 8, channels: 3 }).catch((error: unknown) => error);
    if (outcome instanceof Uint8Array) expect(outcome.length).toBe(192);
    else {
      refused++;
      expect(outcome, `mutation ${i}`).toBeInstanceOf(FailureError);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  }
  expect(refused).toBeGreaterThan(0);
});
