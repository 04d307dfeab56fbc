// The HTTPS path against a real server on this computer: continued after a cut, and nothing but the pinned bytes get through.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchWheel } from '#trainer/tensorflow/install/fetch-wheel';
import { request } from '#trainer/tensorflow/install/request';
import { TinyIndex } from './tiny-index';
import { pinOf } from './tiny-wheel';

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251));
const wheel = pinOf(bytes);
const signal = new AbortController().signal;

describe('a wheel by HTTPS', () => {
  let folder: string;
  let index: TinyIndex;
  let seen: number[];
  const fetch = () => fetchWheel(wheel, folder, { signal, pip: false, onBytes: (done) => seen.push(done) });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overbatch-fetch-'));
    index = await TinyIndex.start(wheel, bytes);
    seen = [];
    vi.stubEnv('PIP_INDEX_URL', index.simple);
    vi.stubEnv('PIP_EXTRA_INDEX_URL', '');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await index.stop();
    rmSync(folder, { recursive: true });
  });

  it('arrives whole, through the page of the index and a redirect', async () => {
    const file = await fetch();
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(seen.at(-1)).toBe(bytes.length);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('goes on where each cut left it', async () => {
    index.cuts = [100_000, 50_000];
    expect(readFileSync(await fetch()).equals(bytes)).toBe(true);
    expect(index.asked).toEqual(['', 'bytes=100000-', 'bytes=150000-']);
  });

  it('goes on in another start, from what the first left', async () => {
    writeFileSync(join(folder, `${wheel.file}.part`), bytes.subarray(0, 123_456));
    expect(readFileSync(await fetch()).equals(bytes)).toBe(true);
    expect(index.asked).toEqual(['bytes=123456-']);
  });

  it('starts over from a server that cannot continue', async () => {
    index.ranges = false;
    writeFileSync(join(folder, `${wheel.file}.part`), bytes.subarray(0, 123_456));
    expect(readFileSync(await fetch()).equals(bytes)).toBe(true);
  });

  it('gives up after several connections without a byte, and keeps what came', async () => {
    index.cuts = [70_000, 0, 0, 0, 0];
    await expect(fetch()).rejects.toThrow(/stopped .*install again to go on/);
    expect(readFileSync(join(folder, `${wheel.file}.part`)).length).toBe(70_000);
  });

  it('refuses and deletes a file with another hash', async () => {
    const other = { ...wheel, sha256: '0'.repeat(64) };
    await expect(fetchWheel(other, folder, { signal, pip: false, onBytes: () => {} })).rejects.toThrow(/not the one Overbatch knows/);
    expect(existsSync(join(folder, wheel.file))).toBe(false);
  });

  it('refuses more bytes than the wheel has', async () => {
    const shorter = { ...wheel, bytes: wheel.bytes - 1 };
    await expect(fetchWheel(shorter, folder, { signal, pip: false, onBytes: () => {} })).rejects.toThrow(/sent more than/);
    expect(existsSync(join(folder, `${wheel.file}.part`))).toBe(false);
  });

  it('uses a file carried in by hand without asking anyone', async () => {
    writeFileSync(join(folder, wheel.file), bytes);
    await fetch();
    expect(index.asked).toEqual([]);
  });

  it('says which index does not have it', async () => {
    vi.stubEnv('PIP_INDEX_URL', `${index.root}/elsewhere/`);
    await expect(fetch()).rejects.toThrow(/127\.0\.0\.1:\d+ answered 404.*pip settings/);
  });
});

it('speaks plain HTTP to nobody but this computer', async () => {
  await expect(request(new URL('http://example.org/'), {}, signal)).rejects.toThrow(/only fetched by HTTPS/);
});
