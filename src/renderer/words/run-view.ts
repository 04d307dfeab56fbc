// How the history is looked at: which runs, in which order and groups, with which columns; kept under a name where a person wants to come back to it.
import { DATA_SORTS } from '#shared/data-sort';
import { RUN_COLUMNS, type RunColumnName } from './run-columns';
import { BY_ITSELF, NO_FILTER, type RunFilter } from './run-filter';
import { RUN_GROUPS, type RunGroup } from './run-groups';
import { RUN_ORDERS, type RunOrder } from './run-order';
import { RUN_STATES } from './run-words';

export interface RunView {
  filter: RunFilter;
  order: RunOrder;
  group: RunGroup;
  /** Those that are not shown: one that is new in a later version is. */
  hidden: RunColumnName[];
}

export interface NamedView {
  name: string;
  view: RunView;
}

export const USUAL_VIEW: RunView = { filter: NO_FILTER, order: 'newest', group: 'none', hidden: [] };

const MOST_LETTERS = 200;

/** As it was kept, by whichever version; what is missing or unknown is as usual. */
export function restoreView(kept: unknown): RunView {
  const given = entriesOf(kept);
  const filter = entriesOf(given.get('filter'));
  const text = (name: keyof RunFilter): string => textIn(filter.get(name));
  const one = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T => known.find((name) => name === value) ?? otherwise;
  const hidden = given.get('hidden');
  return {
    filter: {
      words: text('words'),
      state: one(filter.get('state'), ['', ...namesOf(RUN_STATES), BY_ITSELF], ''),
      sort: one(filter.get('sort'), ['', ...DATA_SORTS], ''),
      tag: text('tag'),
      least: text('least'),
      from: text('from'),
      to: text('to'),
      batch: text('batch'),
      epochs: text('epochs'),
      time: text('time'),
      memory: text('memory'),
    },
    order: one(given.get('order'), namesOf(RUN_ORDERS), USUAL_VIEW.order),
    group: one(given.get('group'), namesOf(RUN_GROUPS), USUAL_VIEW.group),
    hidden: namesOf(RUN_COLUMNS).filter((name) => Array.isArray(hidden) && hidden.includes(name)),
  };
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
