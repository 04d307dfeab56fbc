// Does what a shortcut or the menu asks for, as a press on the control would do it: what cannot be pressed now cannot be asked for either.
import { tick } from 'svelte';
import { assertNever } from '#shared/assert-never';
import { SHORTCUTS, type Command } from '#shared/shortcuts';
import { ariaKeys } from '../words/shortcut-words';
import type { LiveRun } from './live-run.svelte';
import { isMac } from './platform';
import { addressOf, helpAddress, type Route } from './route.svelte';

interface Obeying {
  route: Route;
  live: LiveRun;
}

/** What a control that a command is meant for is told by. */
export const offers = (command: Command) => ({ 'data-command': command, 'aria-keyshortcuts': ariaKeys(SHORTCUTS[command][0], isMac()) });

export async function obey({ route, live }: Obeying, command: Command): Promise<void> {
  switch (command) {
    case 'data':
    case 'plan':
    case 'run':
    case 'history':
    case 'model':
    case 'settings':
      return route.go(command);
    case 'help':
      return shown(route.help ? route.address : helpAddress());
    case 'open':
      await shown(addressOf('data'));
      return control(command)?.click();
    case 'start':
      return control(command)?.click();
    case 'pause':
      if (!live.active) return undefined;
      await shown(addressOf('run'));
      return control(command)?.click();
    case 'find':
      if (!route.help) await shown(addressOf('history'));
      return control(command)?.focus();
    default:
      return assertNever(command);
  }
}

/** Of the page that is seen, not of one that Help lies over. */
const control = (command: Command): HTMLElement | null => document.querySelector(`main:not(.behind) [data-command="${command}"]`);

async function shown(address: string): Promise<void> {
  if (location.hash === address) return;
  const moved = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  location.hash = address;
  await moved;
  await tick();
}
