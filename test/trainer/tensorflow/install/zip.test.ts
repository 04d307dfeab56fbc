// Zips as wheels are, and the ones nobody should unpack.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destination, unpackWheel } from '#trainer/tensorflow/install/unpack-wheel';
import { zip } from './tiny-wheel';

const signal = new AbortController().signal;
const LIBRARY = 'tensorflow/libtensorflow_cc.so.2';

describe('unpacking', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'overbatch-zip-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const unpack = (bytes: Buffer) => {
    writeFileSync(join(folder, 'a.whl'), bytes);
    return unpackWheel(join(folder, 'a.whl'), join(folder, 'out'), { headers: true, signal, onBytes: () => {} });
  };

  it.each([false, true])('writes libraries and headers (stored: %s)', async (stored) => {
    const content = 'x'.repeat(100_000);
    const files = await unpack(zip({ [LIBRARY]: content, 'tensorflow/include/empty.h': '', 'tensorflow/a.py': 'no' }, stored));
    expect(readFileSync(join(folder, 'out/lib/libtensorflow_cc.so.2'), 'utf8')).toBe(content);
    expect(readFileSync(join(folder, 'out/include/empty.h'), 'utf8')).toBe('');
    expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([['lib/libtensorflow_cc.so.2', 100_000]]);
  });

  it.each(['tensorflow/include/../../../escaped.h', '/tensorflow/include/escaped.h', 'tensorflow\\include\\escaped.h', 'C:/escaped.h'])(
    'refuses %s and with it the whole zip',
    async (name) => {
      await expect(unpack(zip({ [LIBRARY]: 'x', [name]: 'x' }))).rejects.toThrow(/outside its folder/);
      expect(existsSync(join(folder, 'out'))).toBe(false);
    },
  );

  it('names a zip that was cut off', async () => {
    const whole = zip({ [LIBRARY]: 'x'.repeat(10_000) });
    await expect(unpack(whole.subarray(0, whole.length - 30))).rejects.toThrow(/not a complete zip/);
    await expect(unpack(Buffer.from('hello'))).rejects.toThrow(/not a complete zip/);
  });

  it('names an entry that is shorter than it claims', async () => {
    const bytes = zip({ [LIBRARY]: 'x'.repeat(1000) });
    bytes.writeUInt32LE(1001, bytes.length - 22 - (46 + LIBRARY.length) + 24);
    await expect(unpack(bytes)).rejects.toThrow(/1000 bytes instead of 1001/);
  });
});

it('keeps what an engine needs and leaves the rest', () => {
  expect(destination('tensorflow/include/xla/tsl/platform/env.h', true)).toBe('include/xla/tsl/platform/env.h');
  expect(destination('tensorflow/include/tensorflow/compiler/a.h', true)).toBeUndefined();
  expect(destination('tensorflow/include/tensorflow/c/c_api.h', false)).toBeUndefined();
  expect(destination('nvidia/cudnn/lib/libcudnn.so.9', false)).toBe('nvidia/cudnn/lib/libcudnn.so.9');
  expect(destination('nvidia/cudnn/include/cudnn.h', true)).toBeUndefined();
  expect(destination('tensorflow/python/_pywrap.so', true)).toBeUndefined();
});
