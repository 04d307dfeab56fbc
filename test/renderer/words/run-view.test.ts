// How the history is looked at, as it is kept: whatever was kept by whichever version leads to a view.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RUN_COLUMN_NAMES, shownColumns } from '#renderer/words/run-columns';
import { ariaSort, listedOrders, orderedBy, orderedRuns, orderLabel, pressedOrder, RUN_ORDERS } from '#renderer/words/run-order';
import { isSameView, restoreView, USUAL_VIEW, withColumn, type RunView } from '#renderer/words/run-view';
import { listedRun } from '#test/support/listed-run';

const heads = (view: RunView) => shownColumns(view).map(({ heads: [first] }) => first);

it('comes back as it was kept, with what an older version called otherwise', () => {
  fc.assert(fc.property(fc.jsonValue(), (kept) => isSameView(restoreView(kept), restoreView(restoreView(kept)))));
  const view: RunView = { ...USUAL_VIEW, order: 'rate-turned', hidden: ['batch'], added: ['seed'] };
  expect(restoreView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  const old = restoreView({ filter: { least: '95' }, order: 'oldest', hidden: ['disk', 'none'] });
  expect([old.order, old.filter.result, old.hidden, old.added]).toEqual(['newest-turned', '≥ 95', ['disk'], []]);
  expect(restoreView({ order: 'newest-turned-turned' }).order).toBe('newest');
});

it('has the usual columns, and of the others those that were chosen', () => {
  expect(heads(USUAL_VIEW)).not.toContain('Seed');
  const added = { ...USUAL_VIEW, ...withColumn(USUAL_VIEW, 'seed', true) };
  expect(heads(added)).toEqual([...heads(USUAL_VIEW), 'Seed']);
  const fewer = { ...added, ...withColumn(added, 'data', false) };
  expect(heads(fewer)).toEqual(heads(added).slice(1));
  const back = { ...fewer, ...withColumn(fewer, 'data', true) };
  expect(isSameView({ ...back, ...withColumn(back, 'seed', false) }, USUAL_VIEW)).toBe(true);
  const all = RUN_COLUMN_NAMES.reduce((view, name) => ({ ...view, ...withColumn(view, name, true) }), USUAL_VIEW);
  expect(shownColumns(all)).toHaveLength(RUN_COLUMN_NAMES.length);
});

it('is ordered by a head that is pressed, and the other way round by the next press', () => {
  const first = pressedOrder('batch', 'newest');
  const second = pressedOrder('batch', first);
  expect([first, second, pressedOrder('batch', second)]).toEqual(['batch', 'batch-turned', 'batch']);
  expect([ariaSort(first), ariaSort(second)]).toEqual(['descending', 'ascending']);
  // Whatever it is, the list of orders says it.
  for (const order of RUN_ORDERS) expect(listedOrders(order)).toContain(order);
  expect(new Set(RUN_ORDERS.map(orderLabel)).size).toBe(RUN_ORDERS.length);
});

it('turned round, an order has what has no value last all the same, and pinned runs first', () => {
  const runs = ['3', '1', '2'].map((id) => listedRun(id, { trainLoss: Number(id) }));
  const all = [listedRun('4'), ...runs, listedRun('5', { pinned: true })];
  expect(orderedRuns(all, 'trainLoss').map(({ id }) => id)).toEqual(['5', '1', '2', '3', '4']);
  expect(orderedRuns(all, 'trainLoss-turned').map(({ id }) => id)).toEqual(['5', '3', '2', '1', '4']);
  const size = (weights: number) => ({ weights, checkpoints: 0, rest: 1, goes: 0 });
  const sizes = { 1: size(10), 2: size(30), 3: size(20) };
  expect(orderedRuns(runs, 'disk', sizes).map(({ id }) => id)).toEqual(['2', '3', '1']);
  for (const order of RUN_ORDERS) expect(orderedBy(order) in { [order.replace('-turned', '')]: 1 }).toBe(true);
});
