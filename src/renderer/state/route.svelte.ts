// Which page is shown; kept in the address so that a reloaded window shows the same one.
export const PAGES = ['data', 'plan', 'run', 'history', 'model'] as const;
export type PageName = (typeof PAGES)[number];

export const PAGE_LABELS: Record<PageName, string> = { data: 'Data', plan: 'Plan', run: 'Run', history: 'History', model: 'Try it' };

/** "#/history/<run>" and the like. */
export const addressOf = (page: PageName, id?: string): string => (id === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`);

export class Route {
  page = $state<PageName>('data');
  /** What the page is about: the run in history, the model in "Try it". */
  id = $state<string>();

  constructor() {
    this.read();
  }

  /** The address changed. */
  read(): void {
    const [, page, id] = location.hash.split('/');
    this.page = PAGES.find((name) => name === page) ?? 'data';
    this.id = id === undefined || id === '' ? undefined : decodeURIComponent(id);
  }

  go(page: PageName, id?: string): void {
    location.hash = addressOf(page, id);
  }
}
