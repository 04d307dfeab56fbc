// Twenty thousand changed inputs, each read in a process that may be killed, and what is read compared with Pillow and NumPy.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram } from '#test/support/build-program';
import { fuzz, type Fuzzed } from '#test/support/hostile/fuzz';
import { HostileHost } from '#test/support/hostile/host';
import { subjects, type Subject } from '#test/support/hostile/subjects';
import { Reference } from '#test/support/reference/reader';

const MOST_BYTES = 300e6;
/** Refused by the reference for what is no part of the pixels: remarks on animation; an archive's second copy of a name; a name in other letters. */
const READ_ALONE = /APNG|fcTL|fdAT|cannot identify|BadZipFile|not a file in the archive|zip file version/;

let host: HostileHost;
let reference: Reference;
let all: Record<string, Subject>;
beforeAll(async () => {
  host = new HostileHost(await buildProgram('test/support/hostile/process.ts', 'hostile'));
  reference = await Reference.start();
  all = await subjects();
}, 10 * 60_000);
afterAll(async () => {
  host?.close();
  await reference?.end();
});

const say = (name: string, { count, accepted, refused, compared, alone, wrong }: Fuzzed) =>
  console.log(
    `${name}: ${count} read, ${accepted} accepted, ${refused} refused, ${compared} compared, ${alone.length} read by us alone, ${wrong.length} wrong; slowest ${Math.round(host.slowestMs)} ms, at most ${Math.round(host.peakBytes / 1e6)} MB`,
  );

test.each([
  ['png', 4_000],
  ['jpeg', 4_000],
  ['mask', 2_000],
  ['csv', 2_000],
  ['table', 2_000],
  ['idx', 3_000],
  ['npz', 3_000],
  ['zip', 2_000],
])('%s', async (name, count) => {
  const found = await fuzz(
    name,
    all[name],
    Array.from({ length: count }, (_, i) => i),
    host,
    reference,
  );
  say(name, found);
  expect(found.wrong).toEqual([]);
  expect(found.alone.filter((words) => !READ_ALONE.test(words))).toEqual([]);
  expect(found.accepted).toBeGreaterThan(count / 50);
  expect(host.peakBytes).toBeLessThan(MOST_BYTES);
});

test('WebP, GIF, BMP and TIFF: no crash, no hang; what is refused is refused with a reason', async () => {
  const found = await fuzz(
    'other pictures',
    all['other pictures'],
    Array.from({ length: 2_000 }, (_, i) => i),
    host,
  );
  say('other pictures', found);
  expect(found.wrong).toEqual([]);
});
