// Does what a shortcut or the menu asks for, as a press on the control would do it: what cannot be pressed now cannot be asked for either.
import { tick } from 'svelte';
import { assertNever } from '#shared/assert-never';
import { SHORTCUTS, type Command, type ItemCommand } from '#shared/shortcuts';
import { ariaKeys } from '../words/shortcut-words';
import type { About } from './about.svelte';
import type { History } from './history.svelte';
import type { Incoming } from './incoming.svelte';
import type { LiveRun } from './live-run.svelte';
import { isMac } from './platform';
import { addressOf, helpAddress, type Route } from './route.svelte';
import type { RunTransfer } from './run-transfer.svelte';

interface Obeying {
  route: Route;
  live: LiveRun;
  incoming: Pick<Incoming, 'chooseFile'>;
  transfer: Pick<RunTransfer, 'import'>;
  history: Pick<History, 'runs'>;
  about: Pick<About, 'open'>;
}

/** What a control that a command is meant for is told by. */
export const offers = (command: Command) => ({ 'data-command': command, 'aria-keyshortcuts': ariaKeys(SHORTCUTS[command][0], isMac()) });

export async function obey({ route, live, incoming, transfer, history, about }: Obeying, command: Command | ItemCommand): Promise<void> {
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
    case 'openFile':
      await shown(addressOf('data'));
      return incoming.chooseFile();
    case 'importRuns':
      await shown(addressOf('history'));
      return transfer.import();
    case 'takeAway': {
      const shownRun = history.runs.find(({ id, hasModel }) => id === route.id && hasModel);
      const run = shownRun ?? history.runs.find(({ hasModel }) => hasModel);
      return shown(run ? addressOf('model', run.id, 'take') : addressOf('model'));
    }
    case 'about':
      return about.open();
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
