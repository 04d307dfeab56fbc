// A receipt says what it promises and how that is known, and names nothing that is only this computer's.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { receiptDocument } from '#renderer/words/receipt-words';
import type { RunDetail } from '#shared/run-record';
import { receiptJson } from '#shared/receipt-json';
import { ReceiptDocumentSchema } from '#shared/receipt-document';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { finished, plan, started } from '#test/store/samples';

const receipt = {
  ...{ format: 1, spec: DEFAULT_SPEC, plan, engine: started.engine, dataset: started.dataset, parameters: 5130 },
  ...{ versions: { overbatch: '0.1.0', tfjs: '4.22.0', node: '24.0.0' }, peakBytes: 1.2e6, budgetBytes: 2e6, seconds: 3 },
  ...{ final: { train: finished('completed', 3).train }, weights: 'c0ffee', reason: 'completed' },
} as unknown as Receipt;

const run = (over: Partial<RunDetail> = {}): RunDetail => ({
  ...{ id: 'a', name: 'digits', state: 'completed', spec: DEFAULT_SPEC, datasetId: 'd', datasetName: 'digits', sort: 'pictures' },
  ...{
    startedAt: '2026-11-30T08:00:00Z',
    epochsDone: 15,
    resumable: false,
    extendable: false,
    hasModel: true,
    steps: [],
    epochs: [],
    gauges: [],
    events: [],
  },
  ...{ plan, receipt },
  ...over,
});
const factOf = (of: RunDetail, part: string, name: string) =>
  receiptDocument(of)
    .parts.find(({ title }) => title === part)
    ?.facts.find(([each]) => each === name)?.[1];

test('the statement is the verdict, with what a trial found where there was one', () => {
  expect(receiptDocument(run()).statement).toMatchObject({ title: 'The same result as one batch of 256', isSame: true });
  expect(receiptDocument(run()).statement.sentences.join(' ')).toContain('Not tried on samples');
  const check = { samples: 64, pieces: [32, 32], difference: 2e-7, rounding: 2e-7, verdict: plan.verdict, engine: 'wasm 1' };
  expect(receiptDocument(run({ check })).statement.sentences.join(' ')).toContain(
    'Tried on 64 of your pictures: the same result. Whole and in 2 pieces',
  );
  const other = { ...plan, verdict: { kind: 'not-identical', because: 'it looks at each piece', remedy: 'freeze it' } as const };
  expect(receiptDocument(run({ plan: other })).statement).toMatchObject({
    isSame: false,
    title: 'Not the same result as one batch of 256',
  });
});

test('a run whose pieces became smaller on the way, where that matters, is not what was planned', () => {
  const recoveries = [{ step: 3, during: 'process', from: 32, micro: 16, changesResult: true }] as const;
  expect(receiptDocument(run({ receipt: { ...receipt, recoveries: [...recoveries] } })).statement).toMatchObject({
    isSame: false,
    title: 'Not the run that was planned',
  });
});

test('the receipt for programs states the same', () => {
  const stated = (over: Partial<RunDetail>) => (JSON.parse(receiptJson(run(over))) as { statement?: unknown }).statement;
  const check = { samples: 64, pieces: [32, 32], difference: 2e-7, rounding: 2e-7, verdict: plan.verdict, engine: 'wasm 1' };
  expect(stated({})).toEqual({ sameAsWhole: true, otherThanPlanned: false, proof: 'by-computation' });
  expect(stated({ check })).toMatchObject({ sameAsWhole: true, proof: 'checked' });
  const recoveries = [{ step: 3, during: 'process', from: 32, micro: 16, changesResult: true }] as Receipt['recoveries'];
  expect(stated({ receipt: { ...receipt, recoveries } })).toMatchObject({ sameAsWhole: false, otherThanPlanned: true });
  expect(stated({ plan: undefined })).toBeUndefined();
});

test('hashes are whole, the computer is named where it is known, and no place on it is', () => {
  expect(factOf(run(), 'Data', 'Content (SHA-256)')).toBe(started.dataset.contentHash);
  expect(factOf(run(), 'Made with', 'Its weights (SHA-256)')).toBe('c0ffee');
  expect(factOf(run(), 'Made with', 'Computer')).toMatch(/older version/);
  const machine = { system: 'linux x64', processor: 'One', threads: 2, memoryBytes: 16e9 };
  expect(factOf(run({ receipt: { ...receipt, machine } }), 'Made with', 'Computer')).toMatch(/^One, 2 threads, linux x64, .*GB of memory$/);
  const madeBefore = [{ engine: { name: 'wasm' as const, version: '4' }, machine }];
  expect(factOf(run({ receipt: { ...receipt, madeBefore } }), 'Made with', 'Parts were made with')).toBe(
    'WebAssembly (4), One, 2 threads, linux x64',
  );
  const events = [{ at: '2026-11-30T08:00:00Z', message: 'The folder /home/ada/runs/7/model.json is full.' }];
  expect(receiptDocument(run({ events })).events[0].message).toBe('The folder …/model.json is full.');
});

test('a run that ended before it had a receipt has one of what is known', () => {
  const early = run({
    receipt: undefined,
    plan: undefined,
    state: 'failed',
    failure: 'The disk is full.',
    hasModel: false,
    dataHash: 'abc',
    ranOn: started.engine,
  });
  expect(receiptDocument(early).statement.title).toBe('It ended before it was planned');
  expect(factOf(early, 'Result', 'How it ended')).toBe('The disk is full.');
  expect(factOf(early, 'Settings', 'Seed')).toBe('1');
  expect([factOf(early, 'Data', 'Content (SHA-256)'), factOf(early, 'Made with', 'Engine')]).toEqual(['abc', started.engine.version]);
});

test('of ten thousand classes the first are named, in a page that can be saved; of a few, all', () => {
  const of = (labels: string[]) => run({ receipt: { ...receipt, dataset: { ...started.dataset, labels } } });
  expect(factOf(of(['wren', 'robin']), 'Data', 'Classes')).toBe('2: wren, robin');
  const many = of(Array.from({ length: 10_000 }, (_, i) => `${i}`.padStart(255, 'x')));
  expect(factOf(many, 'Data', 'Classes')).toMatch(/ and 9,900 more, all in the JSON$/);
  expect(v.safeParse(ReceiptDocumentSchema, receiptDocument(many)).success).toBe(true);
  // The control: all of their names would be too long.
  const all = { ...receiptDocument(many), lead: many.receipt!.dataset.labels.join(', ') };
  expect(v.safeParse(ReceiptDocumentSchema, all).success).toBe(false);
});

test('figures are of the epoch whose model is kept, and say so', () => {
  const kept = { ...receipt, model: { of: 'best epoch', epoch: 7, step: 42 } } as Receipt;
  expect(factOf(run({ receipt: kept }), 'Result', 'Training')).toMatch(/, loss [\d.]+, of epoch 7$/);
  // Of older versions it is not known.
  expect(factOf(run(), 'Result', 'Training')).toMatch(/, loss [\d.]+$/);
});
