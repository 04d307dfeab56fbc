// Events from main go to the part of the window that they are about.
import { assertNever } from '#shared/assert-never';
import type { WindowEvent } from '#shared/window-event';
import type { Desk } from './desk.svelte';
import { obey } from './obey';

export function hear(desk: Desk, event: WindowEvent): void {
  switch (event.kind) {
    case 'run':
      desk.live.hear(event.runId, event.event);
      return desk.ended.hear(event.runId, event.event);
    case 'piece':
      return desk.live.hearPieces(event.runId, event.progress);
    case 'queue':
      desk.queue.state = event.queue;
      return;
    case 'begun':
      // It waits no more, and what looks for it finds it there.
      void desk.history.load();
      return desk.live.begin(event.runId, { spec: event.spec, sort: desk.datasets.sortOf(event.datasetId) });
    case 'show-run':
      return desk.route.go('history', event.runId);
    case 'given':
      return desk.given.hear(event.given);
    case 'command':
      return void obey(desk, event.command);
    case 'plan-measured':
      return desk.planning.hear(event.point);
    case 'answers':
      return desk.tryIt.many.hear(event);
    case 'import-progress':
      desk.incoming.progress = event.progress;
      return;
    case 'evaluation-progress':
      desk.comparing.hear(event.runId, event.part, event.done, event.total);
      return desk.evaluations.hear(event.runId, event.part, event.done, event.total);
    case 'install-progress':
      desk.engines.progress = event.progress;
      return;
    case 'export-progress':
      return desk.takeAway.hear(event.progress);
    case 'preferences':
      return desk.preferences.hear(event.preferences);
    case 'move-progress':
      return desk.dataPlace.hear(event.progress);
    case 'disk':
      desk.disk.hear(event.disk);
      if (desk.space) desk.space = { ...desk.space, freeDiskBytes: event.disk.freeBytes };
      return;
    default:
      return assertNever(event);
  }
}
