// The app's history from the command line: listed, shown and exported without a change in it; and what cannot be meant, in one sentence.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runsCommand } from '#cli/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { recordRunEvent } from '#store/run-events';
import { markRuns } from '#store/run-marks';
import { createRun } from '#store/runs';
import { temporaryFolder } from '#test/support/temporary-folder';

let root: string;
let said: string[];
let placeBefore: string | undefined;
const run = (...args: string[]): Promise<number> => runsCommand(args, (text) => void said.push(text));

beforeEach(() => {
  root = temporaryFolder();
  placeBefore = process.env.OVERBATCH_DATA;
  process.env.OVERBATCH_DATA = root;
  said = [];
});
afterEach(() => {
  if (placeBefore === undefined) delete process.env.OVERBATCH_DATA;
  else process.env.OVERBATCH_DATA = placeBefore;
});

const IDS = ['aaaa1111-2222-4333-8444-555566667777', 'aaaa9999-2222-4333-8444-555566667777'];

function historyOfTwo(): void {
  const db = openStore(foldersIn(root).database);
  const metrics = { loss: 0.25, accuracy: 0.97, samples: 360 };
  const memory = { inUseBytes: 1, peakBytes: 2_000, rssBytes: 3 };
  IDS.forEach((id, i) => {
    createRun(db, { id, spec: { ...DEFAULT_SPEC, batch: 64 * (i + 1) }, folder: `runs/${id}`, datasetName: 'digits' });
    recordRunEvent(db, id, { kind: 'finished', reason: 'completed', train: metrics, validation: metrics, seconds: 12, memory });
  });
  closeStore(db);
}

it('lists, shows and exports runs, and leaves the history as it is', async () => {
  historyOfTwo();
  const before = readFileSync(foldersIn(root).database);
  await run('list');
  expect(said[0].split('\n')).toHaveLength(3);
  expect(said[0]).toMatch(/aaaa1111 .* Completed +97\.0 % +digits, Small CNN, batch 64/);
  await run('list', '--json');
  expect(
    said
      .slice(1)
      .map((line) => (JSON.parse(line) as { id: string }).id)
      .sort(),
  ).toEqual(IDS);
  said.length = 0;
  await run('show', 'aaaa1');
  expect(said[0]).toMatch(/Receipt: digits, Small CNN, batch 64/);

  const csv = path.join(root, 'runs.csv');
  await run('export', '--out', csv);
  const [names, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
  expect(names).toMatch(/^Id,Name,Started,State,"Validation, right",.*Peak memory \(bytes\).*,Batch,/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/,0\.97,/);
  const json = path.join(root, 'one.json');
  await run('export', IDS[1], '--out', json);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ format: 1, runs: [{ id: IDS[1], spec: { batch: 128 } }] });
  await expect(run('export', '--out', csv)).rejects.toThrow(/There is a file .* already/);
  expect(readFileSync(foldersIn(root).database).equals(before)).toBe(true);
});

it('lists the pinned runs first, and those of a tag', async () => {
  historyOfTwo();
  const db = openStore(foldersIn(root).database);
  markRuns(db, [IDS[0]], { pinned: true, addTags: ['paper'] });
  markRuns(db, [IDS[1]], { addTags: ['paper', 'second'] });
  closeStore(db);
  await run('list');
  expect(said.map((text) => text.split('\n')).flat()).toEqual([
    expect.stringContaining('name, tags'),
    expect.stringMatching(/^aaaa1111\* .*batch 64 {2}#paper$/),
    expect.stringMatching(/^aaaa9999 .*batch 128 {2}#paper {2}#second$/),
    '* pinned',
  ]);
  said.length = 0;
  await run('list', '--json', '--tag', 'Paper,second');
  expect(said.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([IDS[1]]);
  said.length = 0;
  await run('list', '--tag', 'none');
  expect(said).toEqual(['No run has the tag none.']);
});

it('says in one sentence what cannot be meant', async () => {
  await expect(run('list')).rejects.toThrow(/There is no history yet/);
  expect(existsSync(foldersIn(root).database)).toBe(false);
  historyOfTwo();
  await expect(run('show', 'bbbb')).rejects.toThrow(/There is no run "bbbb" in the history\. npm run runs -- list names them\./);
  await expect(run('show', 'aaaa')).rejects.toThrow(/the beginning of 2 runs/);
  await expect(run('compare', 'aaaa1')).rejects.toThrow(/Name 2 to 8 runs/);
  await expect(run('compare', 'aaaa1', IDS[0])).rejects.toThrow(/named twice/);
  await expect(run('compare', ...IDS, '--part', 'training')).rejects.toThrow(/There is no part/);
  await expect(run('forget', 'aaaa1')).rejects.toThrow(/not a command/);
  await expect(run()).rejects.toThrow(/Say what to do/);
});

it('compares what can be compared of runs whose models are gone', async () => {
  historyOfTwo();
  await run('compare', ...IDS);
  expect(said[0]).toMatch(/Setting +aaaa1111 +aaaa9999\nBatch +64 +128\n/);
  expect(said[0]).toMatch(/could not be judged/);
});
