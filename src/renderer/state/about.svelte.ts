// What Overbatch is made of: asked when somebody opens About.
import type { WindowApi } from '#shared/contract';
import type { Component, Licences } from '#shared/licences';
import { answered } from './answered';
import { Task } from './task.svelte';

export class About {
  isOpen = $state(false);
  known = $state.raw<Licences>();
  /** What its list is narrowed by. */
  asked = $state('');
  readonly loading = new Task();
  readonly showing = new Task();

  constructor(private readonly api: Pick<WindowApi, 'getLicences' | 'showBrowserLicences'>) {}

  readonly found = $derived(componentsLike(this.known?.components ?? [], this.asked));

  async open(): Promise<void> {
    this.asked = '';
    this.isOpen = true;
    this.known ??= await this.loading.run(() => answered(this.api.getLicences()));
  }

  async showBrowserLicences(): Promise<void> {
    await this.showing.run(() => answered(this.api.showBrowserLicences()));
  }
}

/** By every word of what is asked, in its name, version or licence. */
export function componentsLike(components: readonly Component[], asked: string): readonly Component[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return components;
  return components.filter(({ name, version = '', licence }) => {
    const line = `${name} ${version} ${licence}`.toLowerCase();
    return words.every((each) => line.includes(each));
  });
}
