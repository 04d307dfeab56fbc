// The data's own test part: scored when a run is completed, never before, and never at the cost of the run.
import { expect, test, vi } from 'vitest';
import type { Workbench } from '#engine/mbp';
import type { RunEvent } from '#shared/run-event';
import { receiptOf, splitVersion, trainOn } from '#test/support/split-runs';
import { tinyNetwork } from '#test/support/tiny';
import { evaluateRun } from '#trainer/evaluation/evaluate-run';
import { countTest } from '#trainer/test-part';

vi.setConfig({ testTimeout: 120_000 });

const never = new AbortController().signal;
const isEpoch = (event: RunEvent): boolean => event.kind === 'epoch';
const counts = (event: RunEvent): boolean => event.kind === 'note' && event.message.startsWith('The test part is counted');

test('a run that is stopped, resumed and made longer scores it at its two ends, and remembers the first', async () => {
  const data = await splitVersion();
  const { runFolder, events } = await trainOn(data, { epochs: 2 }, { stopAt: isEpoch });
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  expect(events.some(counts)).toBe(false);
  expect(receiptOf(runFolder).final.test).toBeUndefined();

  await trainOn(data, { epochs: 2 }, { resumes: runFolder });
  expect(receiptOf(runFolder)).toMatchObject({ reason: 'completed', final: { test: { samples: 15 } } });
  expect(receiptOf(runFolder).testScoresBefore).toBeUndefined();

  await trainOn(data, { epochs: 3 }, { resumes: runFolder });
  expect(receiptOf(runFolder)).toMatchObject({ final: { test: { samples: 15 } }, testScoresBefore: 1 });
  const { facts } = await evaluateRun({ runFolder, datasetFolder: data, part: 'test' }, () => {});
  expect(facts.testScoresBefore).toBe(1);
});

test('a person who judged a stopped run by it has seen it, too', async () => {
  const data = await splitVersion();
  const { runFolder } = await trainOn(data, { epochs: 2 }, { stopAt: isEpoch });
  await evaluateRun({ runFolder, datasetFolder: data, part: 'test' }, () => {});
  await trainOn(data, { epochs: 2 }, { resumes: runFolder });
  expect(receiptOf(runFolder).testScoresBefore).toBe(1);
});

test('told to stop while it is counted, the run ends at once and whole', async () => {
  const { runFolder, events } = await trainOn(await splitVersion(), {}, { stopAt: counts });
  expect(events).toContainEqual({ kind: 'note', message: 'The test part was not counted to its end, because the run was stopped.' });
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  expect(receiptOf(runFolder).final.test).toBeUndefined();
});

test('whatever goes wrong is a sentence, even before the first sample', async () => {
  const network = tinyNetwork();
  const bench = { learner: { network } } as unknown as Workbench;
  const data = { test: Int32Array.of(0) } as Parameters<typeof countTest>[1];
  expect((await countTest(bench, data, [], 1, never).next()).value).toMatch(
    /^The test part could not be counted\. .* weights, 0 were given/,
  );
});
