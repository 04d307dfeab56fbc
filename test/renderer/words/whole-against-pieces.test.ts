// Whole against pieces: which runs show it, what is still to be made, and the table of what came out.
import { expect, it } from 'vitest';
import { claimWords, comparedIds, cutWords, paperTable, wholeAgainstPieces } from '#renderer/words/whole-against-pieces';
import { run } from '#test/support/window/run-things';

const pieces = run({ id: 'pieces' });
const tried = [4, 16, 40, 64].map((micro) => ({ micro, peakBytes: micro * 700_000, milliseconds: 5 }));
const measured = { ...pieces, plan: { ...pieces.plan!, measured: tried } };

it('the whole batch is the largest that was tried and fits; the asked one, whole, has all free memory', () => {
  const found = wholeAgainstPieces(measured, [measured])!;
  // 64 would be beyond the 30 MB.
  expect(found.small).toEqual({ spec: { ...pieces.spec, batch: 40 }, isComing: false });
  expect(found.large).toMatchObject({ spec: { batch: 256, micro: 256 }, neededBytes: 148e6 });
  expect(found.large.spec).not.toHaveProperty('budgetBytes');
  expect(claimWords(found, 'A')).toBe(
    'A trained batches of 256 in 8 pieces; the largest batch that was tried and fits whole into the same 30.0 MB is 40.',
  );
  // What was free then may not be free now: the small one is held to the very budget.
  const free = { ...pieces.spec, budgetBytes: undefined };
  expect(wholeAgainstPieces({ ...pieces, spec: free }, [])!.small.spec.budgetBytes).toBe(30e6);
  // Nothing else was tried: its own pieces fit.
  expect(wholeAgainstPieces(pieces, [pieces])!.small.spec.batch).toBe(32);
});

it('a run in one piece, or one that did not end, shows nothing', () => {
  expect(wholeAgainstPieces({ ...pieces, plan: { ...pieces.plan!, pieces: [256] } }, [])).toBeUndefined();
  expect(wholeAgainstPieces({ ...pieces, state: 'stopped' }, [])).toBeUndefined();
});

it('knows what waits, and tells the table when it is made', () => {
  const { small, large } = wholeAgainstPieces(pieces, [pieces])!;
  const waits = wholeAgainstPieces(pieces, [pieces], [{ datasetId: 'digits', spec: small.spec }])!;
  expect([waits.small.isComing, waits.large.isComing, paperTable(waits)]).toEqual([true, false, undefined]);
  // With another seed it would be another comparison (control).
  expect(wholeAgainstPieces(pieces, [], [{ datasetId: 'digits', spec: { ...small.spec, seed: 9 } }])!.small.isComing).toBe(false);
  const paused = wholeAgainstPieces(pieces, [run({ id: 'lies', spec: small.spec, state: 'paused' })])!;
  expect([paused.small.isComing, paused.small.paused?.id]).toEqual([false, 'lies']);
  const whole = run({ id: 'small', spec: small.spec, micro: 32, seconds: 60, peakBytes: 20e6, validationAccuracy: 0.97 });
  const made = wholeAgainstPieces(pieces, [pieces, whole])!;
  expect(comparedIds(made)).toEqual(['small', 'pieces']);
  const table = paperTable(made)!;
  expect(table.columns).toEqual(['Run', 'Whole, in 30.0 MB', 'In pieces, in 30.0 MB']);
  expect(table.rows).toEqual(
    expect.arrayContaining([
      ['Batch', '32', '256'],
      ['Pieces', '1', '8 of 32'],
      ['Validation, right', '97.0 %', '97.8 %'],
      ['Peak memory', '20.0 MB', '21.3 MB'],
      ['Time', '1 min 00 s', '56 s'],
    ]),
  );
  const all = wholeAgainstPieces(pieces, [pieces, whole, run({ id: 'large', spec: large.spec, micro: 256 })])!;
  expect(comparedIds(all)).toEqual(['small', 'pieces', 'large']);
  expect(paperTable(all)!.columns).toHaveLength(4);
});

it('one that was cut as well is no whole batch: it is in no table, and that is said', () => {
  const { small, large } = wholeAgainstPieces(pieces, [pieces])!;
  const cut = run({ id: 'cut', spec: small.spec, micro: 16 });
  const found = wholeAgainstPieces(pieces, [pieces, cut])!;
  expect([found.small.made, paperTable(found), comparedIds(found)]).toEqual([undefined, undefined, []]);
  expect(cutWords(found.small)).toBe('A run of batch 32 was cut into pieces of 16, too: it shows no whole batch.');
  // An older one in one piece counts (control), and so does one of all the samples there are.
  const whole = run({ id: 'whole', spec: small.spec, micro: 32 });
  const both = wholeAgainstPieces(pieces, [pieces, cut, whole])!.small;
  expect([both.made?.id, cutWords(both)]).toEqual(['whole', undefined]);
  const few = { ...pieces, plan: { ...pieces.plan!, pieces: [32, 32, 32, 4] } };
  expect(wholeAgainstPieces(few, [run({ id: 'all', spec: large.spec, micro: 100 })])!.large.made?.id).toBe('all');
});
