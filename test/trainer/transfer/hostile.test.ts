// Files of runs written by whoever: each is taken whole and right, or refused in one sentence with nothing left of it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { FailureError } from '#shared/failure';
import { MANIFEST, type Manifest, type PartName } from '#shared/run-file/manifest';
import type { Staged } from '#shared/run-file/transfer';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { computer, exported, trainedRun } from '#test/support/run-files';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes } from '#test/support/zip';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';

type Parts = Record<string, Uint8Array>;

/** A real one, taken apart. */
async function parts(): Promise<Parts> {
  const here = computer();
  trainedRun(here, ID);
  return unzipSync(readFileSync(await exported(here, [ID])));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Another content in the place of a part, which the list knows of: only what it says is wrong. */
function withPart(all: Parts, name: PartName, text: string): Parts {
  const bytes = strToU8(text);
  const changed = { ...all, [`runs/1/${name}`]: bytes };
  return withList(changed, ({ runs }) => {
    const part = runs[0].parts.find((one) => one.name === name)!;
    Object.assign(part, { bytes: bytes.length, sha256: sha256(bytes) });
  });
}

function withList(all: Parts, change: (manifest: Manifest) => void): Parts {
  const manifest = JSON.parse(strFromU8(all[MANIFEST])) as Manifest;
  change(manifest);
  return { ...all, [MANIFEST]: strToU8(JSON.stringify(manifest)) };
}

const json = (all: Parts, name: string): Record<string, unknown> => JSON.parse(strFromU8(all[`runs/1/${name}`])) as Record<string, unknown>;

/** What is said of it; undefined: it was taken, which is looked at by `taken`. */
async function saidOf(bytes: Uint8Array, taken: (folder: string, runs: Staged[]) => void = () => {}): Promise<string | undefined> {
  const folder = temporaryFolder();
  const file = path.join(temporaryFolder(), 'some.zip');
  writeFileSync(file, bytes);
  try {
    const { folder: staged, runs } = await unpackRuns(file, folder);
    taken(staged, runs);
    return undefined;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(readdirSync(folder)).toEqual([]);
    expect(error.failure.kind).toBe('bad-setting');
    return error.message;
  }
}

it('refuses in one sentence what is no file of runs, or of a newer Overbatch', async () => {
  const all = await parts();
  expect(await saidOf(zipSync(all))).toBeUndefined();
  expect(await saidOf(strToU8('no archive at all'))).toMatch(
    /^some\.zip cannot be imported: it is no zip archive, or it is damaged or cut off\. Choose/,
  );
  expect(await saidOf(zipSync(all).subarray(0, 2_000))).toMatch(/damaged or cut off/);
  expect(await saidOf(zipSync({ 'a.png': new Uint8Array(9) }))).toMatch(/it is no file of runs/);
  const newer = withList(all, (manifest) => Object.assign(manifest, { version: 2 }));
  expect(await saidOf(zipSync(newer))).toMatch(/newer Overbatch\. Update this one/);
});

it('refuses a list that names other places, twice the same, too little or too much', async () => {
  const all = await parts();
  const first = (change: (parts: { name: string; bytes: number; sha256: string }[]) => void) =>
    saidOf(zipSync(withList(all, ({ runs }) => change(runs[0].parts))));
  const damaged = /its list of parts is damaged/;
  expect(await first((list) => (list[0].name = '../../overbatch.db'))).toMatch(damaged);
  expect(await first((list) => (list[0].name = 'evaluation/../../model.json'))).toMatch(damaged);
  expect(await first((list) => list.push(list[0]))).toMatch(damaged);
  expect(await first((list) => list.shift())).toMatch(damaged);
  expect(await first((list) => (list[0].bytes = 1e12))).toMatch(damaged);
  expect(
    await first((list) =>
      list.splice(
        list.findIndex(({ name }) => name === 'model/model.json'),
        1,
      ),
    ),
  ).toMatch(damaged);
  expect(await first((list) => (list[0].bytes -= 1))).toMatch(/"run\.json" in it is damaged/);
  expect(await first((list) => (list[0].sha256 = '0'.repeat(64)))).toMatch(/"run\.json" in it is damaged/);
  const lacking = Object.entries(all).filter(([name]) => name !== 'runs/1/steps.jsonl');
  expect(await saidOf(zipSync(Object.fromEntries(lacking)))).toMatch(/"steps\.jsonl" in it is damaged/);
});

it('refuses what is whole and means nothing', async () => {
  const all = await parts();
  const said = (name: PartName, text: string) => saidOf(zipSync(withPart(all, name, text)));
  const [record, receipt] = [json(all, 'run.json'), json(all, 'receipt.json')];
  // Written again as it was, it is taken: what is refused below is what was changed.
  expect(await said('run.json', JSON.stringify(record))).toBeUndefined();
  expect(await said('run.json', JSON.stringify({ ...record, state: 'running' }))).toMatch(/what it says of run 1 is damaged/);
  expect(await said('run.json', JSON.stringify({ ...record, id: '../other' }))).toMatch(/what it says of run 1 is damaged/);
  expect(await said('run.json', JSON.stringify({ ...record, id: ID.toUpperCase() }))).toMatch(/what it says of run 1 is damaged/);
  expect(await said('run.json', JSON.stringify({ ...record, dataHash: 'b'.repeat(64) }))).toMatch(/is of other data/);
  expect(await said('receipt.json', JSON.stringify({ ...receipt, plan: 'none' }))).toMatch(/the receipt of "digits, .*" is damaged/);
  for (const wrong of [{ batch: 0 }, { pieces: [0] }, { micro: 0 }])
    expect(await said('run.json', JSON.stringify({ ...record, plan: { ...(record.plan as object), ...wrong } }))).toMatch(
      /run 1 is damaged/,
    );
  const long = { ...receipt, dataset: { ...(receipt.dataset as object), labels: Array.from({ length: 300 }, () => 'x'.repeat(9_000)) } };
  expect(await said('receipt.json', JSON.stringify(long))).toMatch(/its list of parts is damaged/);
  expect(await said('receipt.json', JSON.stringify({ ...receipt, weights: 'b'.repeat(64) }))).toMatch(
    /are not those that its receipt is of/,
  );
  const [head, ...lines] = strFromU8(all['runs/1/steps.jsonl']).trimEnd().split('\n');
  const rows = (...changed: string[]) => said('steps.jsonl', changed.map((line) => `${line}\n`).join(''));
  expect(await rows(head, ...lines)).toBeUndefined();
  expect(await rows(...lines)).toMatch(/"steps\.jsonl" in it is damaged/);
  expect(await rows(head, lines[1], lines[0])).toMatch(/damaged/);
  expect(await rows(head, lines[0].replace(/^\[1,/, '["1",'))).toMatch(/damaged/);
  expect(await rows(head, lines[0].replace(/\]$/, ',0]'))).toMatch(/damaged/);
  expect(await rows(head, `[${' '.repeat(70_000)}`)).toMatch(/damaged/);
});

it('refuses archives that unpack to more than they say', async () => {
  const all = await parts();
  const entries = Object.entries(all).map(([name, data]) => ({ name, data, deflate: true }));
  expect(await saidOf(zipBytes(entries))).toBeUndefined();
  const lying = entries.map((entry) =>
    entry.name.endsWith('events.jsonl') ? { ...entry, data: Buffer.alloc(1e6), unpackedBytes: 9 } : entry,
  );
  expect(await saidOf(zipBytes(lying))).toMatch(/"events\.jsonl" in it is damaged/);
  const links = entries.map((entry) => (entry.name.endsWith('run.json') ? { ...entry, mode: 0o120777 } : entry));
  expect(await saidOf(zipBytes(links))).toMatch(/"run\.json" in it is damaged/);
});

it('takes a file in which a byte is another for what it was, or not at all', async () => {
  const bytes = zipSync(await parts());
  const contents = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.name} ${sha256(readFileSync(path.join(entry.parentPath, entry.name)))}`)
      .sort();
  let whole: string[] = [];
  await saidOf(bytes, (folder) => (whole = contents(folder)));
  expect(whole.length).toBeGreaterThan(7);
  const place = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(place, async ({ at, by }) => {
      const changed = Uint8Array.from(bytes);
      changed[at] ^= by;
      const said = await saidOf(changed, (folder) => expect(contents(folder)).toEqual(whole));
      if (said !== undefined) expect(said).toMatch(/^some\.zip cannot be imported: .*\.$/);
    }),
    { numRuns: 25, seed: 9 },
  );
});
