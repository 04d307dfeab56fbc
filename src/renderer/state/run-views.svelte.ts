// How the history is looked at now, and the views that were kept; remembered across pages, reloads and restarts of the window.
import { SvelteSet } from 'svelte/reactivity';
import { NO_FILTER } from '../words/run-filter';
import { isSameView, restoreNamed, restoreView, withNamed, type NamedView, type RunView } from '../words/run-view';

const VIEW_KEY = 'overbatch.history.view';
const NAMED_KEY = 'overbatch.history.views';

export class RunViews {
  view = $state<RunView>(atStart());
  named = $state.raw<NamedView[]>(restoreNamed(kept(NAMED_KEY)));
  readonly #folded = new SvelteSet<string>();
  /** That is looked at as it was kept. */
  readonly current = $derived(this.named.find(({ view }) => isSameView(view, $state.snapshot(this.view) as RunView))?.name);

  isFolded = (group: string): boolean => this.#folded.has(group);

  fold(group: string): void {
    if (!this.#folded.delete(group)) this.#folded.add(group);
  }

  /** All runs are shown again. */
  showAll(): void {
    this.view.filter = { ...NO_FILTER };
  }

  apply({ view }: NamedView): void {
    this.view = restoreView(view);
  }

  save(name: string): void {
    this.#keepNamed(withNamed(this.named, { name, view: $state.snapshot(this.view) as RunView }));
  }

  /** Answers what brings it back. */
  forget(view: NamedView): () => void {
    this.#keepNamed(this.named.filter(({ name }) => name !== view.name));
    return () => this.#keepNamed(withNamed(this.named, view));
  }

  keep(): void {
    localStorage.setItem(VIEW_KEY, JSON.stringify(this.view));
  }

  #keepNamed(named: NamedView[]): void {
    this.named = named;
    localStorage.setItem(NAMED_KEY, JSON.stringify(named));
  }
}

/** Nobody looks for runs that a filter of last week keeps out. */
const atStart = (): RunView => ({ ...restoreView(kept(VIEW_KEY)), filter: { ...NO_FILTER } });

function kept(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}
