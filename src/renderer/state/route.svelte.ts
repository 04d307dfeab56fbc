// Which page is shown; kept in the address so that a reloaded window shows the same one.
/** Where the work is done, in its order. */
export const PLACES = ['data', 'plan', 'run', 'history', 'model'] as const;
export const PAGES = [...PLACES, 'settings'] as const;
export type PageName = (typeof PAGES)[number];

export const PAGE_LABELS: Record<PageName, string> = {
  data: 'Data',
  plan: 'Plan',
  run: 'Run',
  history: 'History',
  model: 'Model',
  settings: 'Settings',
};

/** "#/history/<run>", "#/model/<run>/try" and the like. */
export const addressOf = (page: PageName, id?: string, tab?: string): string =>
  ['#', page, ...[id, tab].filter((part) => part !== undefined).map(encodeURIComponent)].join('/');

/** In the place of a data set: the first steps. */
export const FIRST_STEPS = 'first-steps';

export const firstStepsAddress = addressOf('data', FIRST_STEPS);

/** In the place of a run in the history: the runs that are compared follow, the baseline first, with dots between them. */
export const COMPARE = 'compare';

export const compareAddress = (ids: readonly string[]): string => addressOf('history', COMPARE, ids.join('.'));

/** Of Help: "#/help" is what belongs to the page that was left for it, "#/help/settings/dropout" a place in one of its parts. */
export interface HelpPlace {
  topic?: string;
  place?: string;
}

export const helpAddress = (topic?: string, place?: string): string =>
  ['#', 'help', ...[topic, place].filter((part) => part !== undefined).map(encodeURIComponent)].join('/');

export class Route {
  page = $state<PageName>('data');
  /** What the page is about: the run in history, the run whose model is shown. */
  id = $state<string>();
  /** Which part of the page is shown; absent: its first. */
  tab = $state<string>();
  /** Help is shown over the page, which stays as it was left. */
  help = $state.raw<HelpPlace>();

  constructor() {
    this.read();
  }

  /** The address changed. */
  read(): void {
    const [, page, ...parts] = location.hash.split('/');
    const [first, second] = parts.map((part) => (part === '' ? undefined : decodeURIComponent(part)));
    this.help = page === 'help' ? { topic: first, place: second } : undefined;
    if (this.help) return;
    this.page = PAGES.find((name) => name === page) ?? 'data';
    [this.id, this.tab] = [first, second];
  }

  /** Of the page, also while Help is shown over it. */
  get address(): string {
    return addressOf(this.page, this.id, this.tab);
  }

  go(page: PageName, id?: string, tab?: string): void {
    location.hash = addressOf(page, id, tab);
  }
}
