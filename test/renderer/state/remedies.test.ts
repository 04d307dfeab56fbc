// What is offered with one press changes the plan, leaves one that can run, and is taken back exactly.
import { expect, test } from 'vitest';
import { readDraft, usualDraft, type Draft } from '#renderer/state/draft';
import { inverseOf, possible, withChange, type Offer } from '#renderer/state/draft-change';
import { fittingOffers, sameResultOffers } from '#renderer/state/remedies';

const resnet = usualDraft('pictures', { model: 'resnet-8', start: 'scratch', trains: 'everything' });
const labels = (offers: readonly Offer[]) => offers.map(({ label }) => label);

test('batch normalization by pieces can be made exact, or become groups; frozen only where a start brings statistics', () => {
  expect(labels(sameResultOffers(resnet))).toEqual(['Exact batch normalization', 'Normalize by groups']);
  const trained: Draft = {
    ...usualDraft('pictures', { model: 'efficientnet-lite0', start: 'imagenet', trains: 'everything' }),
    start: 'imagenet',
    trains: 'everything',
    batchNorm: 'per-micro-batch',
  };
  // Its weights are those of batch normalization, so groups would be no plan.
  expect(labels(sameResultOffers(trained))).toEqual(['Freeze batch normalization', 'Exact batch normalization']);
  expect(sameResultOffers({ ...resnet, batchNorm: 'exact' })).toEqual([]);
  expect(sameResultOffers(usualDraft('pictures'))).toEqual([]);
});

test('what rounds more can be left out', () => {
  const coarse: Draft = { ...usualDraft('pictures'), more: { savers: ['recompute', 'int8-activations'], precision: 'bfloat16' } };
  const offers = sameResultOffers(coarse);
  expect(labels(offers)).toEqual(['Keep all digits', 'Leave fast mode off']);
  const after = offers.reduce((draft, { change }) => withChange(draft, change), coarse);
  expect(after.more).toEqual({ savers: ['recompute'] });
});

test('where one sample does not fit: more memory if there is any, savers, smaller pictures', () => {
  const tight: Draft = { ...resnet, memory: 'limit', budget: '1 MB', pieces: 'fixed', micro: '8' };
  const room = { sort: 'pictures' as const, neededBytes: 2e6, budgetBytes: 1e6, freeBytes: 4e9, side: 64 };
  const offers = fittingOffers(tight, room);
  expect(labels(offers)).toEqual([
    'Choose the pieces automatically',
    'Allow 2.30 MB',
    'Compute part of it again',
    'Compute quick layers again',
    'Pictures of 32 pixels',
  ]);
  for (const { change } of offers) expect(readDraft(withChange(tight, change)).spec).toBeDefined();
  expect(labels(fittingOffers(tight, { ...room, freeBytes: 1e6, side: 20 }))).not.toContain('Allow 2.30 MB');
  expect(labels(fittingOffers(tight, { ...room, side: 20 })).join()).not.toContain('pixels');
});

test('once it was looked at, a saver says what it leaves and costs; one that saves nothing is not offered', () => {
  const room = { sort: 'pictures' as const, neededBytes: 2e6, budgetBytes: 1e6, side: 20 };
  const recompute = { saver: 'recompute' as const, neededBytes: 9e5, times: 1.31 };
  expect(labels(fittingOffers(resnet, { ...room, savings: [recompute] }))).toEqual([
    'Compute part of it again: 900 kB, about a third slower',
  ]);
  const light = { saver: 'light-layers' as const, neededBytes: 1.5e6, times: 1.04 };
  expect(labels(fittingOffers(resnet, { ...room, savings: [light] }))).toEqual(['Compute quick layers again: 1.50 MB, a little slower']);
  expect(fittingOffers(resnet, { ...room, savings: [recompute, light] }).map(({ help }) => help?.startsWith('Not enough alone.'))).toEqual([
    false,
    true,
  ]);
});

test('exact batch normalization and memory savers are not offered together', () => {
  const saving: Draft = { ...resnet, more: { savers: ['recompute'] } };
  const exact = sameResultOffers(saving).find(({ label }) => label.startsWith('Exact'))!;
  const after = withChange(saving, exact.change);
  expect([after.batchNorm, after.more.savers]).toEqual(['exact', undefined]);
  expect(labels(fittingOffers(after, { sort: 'pictures', neededBytes: 2e6, budgetBytes: 1e6, side: 64 }))).toEqual([
    'Pictures of 32 pixels',
  ]);
});

test('a change is taken back without what was changed since, and a setting that was not there is not there again', () => {
  const change = { values: { batch: '64' }, more: { normalization: 'group' as const } };
  const back = inverseOf(resnet, change);
  const later = { ...withChange(resnet, change), epochs: '3' };
  expect(withChange(later, back)).toEqual({ ...resnet, epochs: '3' });
});

test('what changes nothing, or leads to no plan, is not offered', () => {
  const offer = (change: Offer['change']): Offer => ({ label: JSON.stringify(change), done: '', change });
  expect(possible(resnet, [offer({}), offer({ values: { batch: resnet.batch } }), offer({ values: { batch: '0' } })])).toEqual([]);
  expect(possible(resnet, [offer({ values: { batch: '7' } })])).toHaveLength(1);
});
