// A share of the changed inputs that test/deep reads by the thousand: read or refused with a reason, never anything else.
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '#test/support/build-program';
import { fuzz, pixelDifference, wrongWith } from '#test/support/hostile/fuzz';
import { HostileHost } from '#test/support/hostile/host';
import { subjects, type Subject } from '#test/support/hostile/subjects';

const EACH = 60;
const MOST_BYTES = 300e6;
const NAMES = ['png', 'jpeg', 'mask', 'other pictures', 'csv', 'table', 'idx', 'npz', 'zip'];

let program: string;
let all: Record<string, Subject>;
beforeAll(async () => {
  program = await buildProgram('test/support/hostile/process.ts', 'hostile');
  all = await subjects();
});

const hostOf = (path: string): HostileHost => {
  const host = new HostileHost(path);
  onTestFinished(() => host.close());
  return host;
};

test.each(NAMES)('%s', async (name) => {
  const host = hostOf(program);
  const found = await fuzz(
    name,
    all[name],
    Array.from({ length: EACH }, (_, i) => 1_000_000 + i),
    host,
  );
  expect(found.wrong).toEqual([]);
  expect(found.accepted).toBeGreaterThan(0);
  expect(found.refused).toBeGreaterThan(0);
  expect(host.peakBytes).toBeLessThan(MOST_BYTES);
});

test('every kind is read here', () => expect(Object.keys(all)).toEqual(NAMES));

describe('controls: what may not be is noticed', () => {
  const broken = (order: string) =>
    hostOf(join(__dirname, '..', 'support', 'hostile', 'broken-process.mjs')).read({ kind: 'picture', bytes: Buffer.from(order) });

  test.each([
    ['a process that hangs', 'hang', /longer than 2 s/],
    ['a process that dies', 'die', /SIGABRT/],
    ['an exception that is no refusal', 'fault', /a bug/],
    ['a file refused without its name', '', /without a reason/],
  ])('%s', async (_, order, words) => {
    expect(wrongWith(await broken(order))).toMatch(words);
  });

  test('a good answer is none of these', async () => expect(wrongWith(await broken('a.png'))).toBeUndefined());

  test('pixels further off than the bounds', () => {
    const [zeros, bounds] = [new Uint8Array(1000), { largest: 16, mean: 1 }];
    expect(pixelDifference(zeros, zeros.slice().fill(16, 0, 1), bounds)).toBe('');
    expect(pixelDifference(zeros, zeros.slice().fill(17, 0, 1), bounds)).toMatch(/17 at most/);
    expect(pixelDifference(zeros, zeros.slice().fill(2), bounds)).toMatch(/2\.00 on average/);
    expect(pixelDifference(zeros, zeros.slice().fill(1, 0, 1), { largest: 0, mean: 0 })).not.toBe('');
  });
});
