// How the history is looked at: which runs, in which order and groups, with which columns; kept under a name where a person wants to come back to it.
import { DATA_SORTS } from '#shared/data-sort';
import { isExtra, RUN_COLUMN_NAMES, type RunColumnName } from './run-columns';
import { BY_ITSELF, NO_FILTER, type RunFilter } from './run-filter';
import { RUN_GROUPS, type RunGroup } from './run-groups';
import { RUN_ORDERS, type RunOrder } from './run-order';
import { RUN_STATES } from './run-words';

export interface RunView {
  filter: RunFilter;
  order: RunOrder;
  group: RunGroup;
  /** Of the usual columns those that are not shown: one that is new in a later version is. */
  hidden: RunColumnName[];
  /** Of the others those that are. */
  added: RunColumnName[];
}

export interface NamedView {
  name: string;
  view: RunView;
}

export const USUAL_VIEW: RunView = { filter: NO_FILTER, order: 'newest', group: 'none', hidden: [], added: [] };

const MOST_LETTERS = 200;

/** As it was kept, by whichever version; what is missing or unknown is as usual. */
export function restoreView(kept: unknown): RunView {
  const given = entriesOf(kept);
  const filter = entriesOf(given.get('filter'));
  const text = (name: keyof RunFilter): string => textIn(filter.get(name));
  const one = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T => known.find((name) => name === value) ?? otherwise;
  const columns = (name: 'hidden' | 'added'): RunColumnName[] => {
    const names = given.get(name);
    return RUN_COLUMN_NAMES.filter((column) => isExtra(column) === (name === 'added') && Array.isArray(names) && names.includes(column));
  };
  return {
    filter: {
      words: text('words'),
      state: one(filter.get('state'), ['', ...namesOf(RUN_STATES), BY_ITSELF], ''),
      sort: one(filter.get('sort'), ['', ...DATA_SORTS], ''),
      tag: text('tag'),
      from: text('from'),
      to: text('to'),
      result: text('result') || leastIn(filter.get('least')),
      batch: text('batch'),
      epochs: text('epochs'),
      time: text('time'),
      memory: text('memory'),
    },
    order: orderIn(given.get('order')),
    group: one(given.get('group'), namesOf(RUN_GROUPS), USUAL_VIEW.group),
    hidden: columns('hidden'),
    added: columns('added'),
  };
}

/** As a result was found before it could be a range. */
const leastIn = (kept: unknown): string => (textIn(kept) === '' ? '' : `≥ ${textIn(kept)}`);

/** As it was called before orders could be turned round. */
const OLDEST = 'oldest';

const orderIn = (kept: unknown): RunOrder =>
  kept === OLDEST ? 'newest-turned' : (RUN_ORDERS.find((order) => order === kept) ?? USUAL_VIEW.order);

/** The view with that column shown, or not. */
export function withColumn(view: RunView, name: RunColumnName, shown: boolean): Pick<RunView, 'hidden' | 'added'> {
  const { hidden, added } = view;
  const without = (names: RunColumnName[]) => names.filter((other) => other !== name);
  if (isExtra(name)) return { hidden, added: shown ? [...without(added), name] : without(added) };
  return { hidden: shown ? without(hidden) : [...without(hidden), name], added };
}

export function restoreNamed(kept: unknown): NamedView[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((entry: unknown) => {
    const given = entriesOf(entry);
    const name = textIn(given.get('name'));
    return name === '' ? [] : [{ name, view: restoreView(given.get('view')) }];
  });
}

/** In the place of one that was kept under that name. */
export const withNamed = (views: readonly NamedView[], { name, view }: NamedView): NamedView[] =>
  [...views.filter((known) => known.name !== name), { name, view }].sort((a, b) => (a.name < b.name ? -1 : 1));

export const isSameView = (a: RunView, b: RunView): boolean => JSON.stringify(restoreView(a)) === JSON.stringify(restoreView(b));

const namesOf = <T extends object>(of: T): (keyof T & string)[] => Object.keys(of) as (keyof T & string)[];
const entriesOf = (value: unknown): Map<string, unknown> =>
  new Map(Object.entries(typeof value === 'object' && value !== null ? value : {}));
const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_LETTERS) : '');
