// The versions that models are judged by, for putting labels right: what is changed and not saved stays, whichever run, part or tab is looked at.
import type { VersionPage } from './version-page.svelte';

export class JudgedVersions {
  readonly #pages = new Map<string, VersionPage>();

  constructor(private readonly open: (datasetId: string) => VersionPage) {}

  /** Those without changes are let go, with the pictures they hold. */
  of(datasetId: string): VersionPage {
    for (const [id, { changed }] of this.#pages) if (id !== datasetId && changed === 0) this.#pages.delete(id);
    const page = this.#pages.get(datasetId) ?? this.open(datasetId);
    this.#pages.set(datasetId, page);
    return page;
  }
}
