// Questions about the runs that wait for their turn.
import { existsSync } from 'node:fs';
import { FailureError } from '#shared/failure';
import type { Handlers } from '../answer';
import type { Services } from '../services';
import { unbegun } from '../unbegun';
import { beginRun, plannedRun } from './begin-run';

type Questions = Pick<Handlers, 'getQueue' | 'queueRun' | 'moveQueued' | 'removeQueued' | 'restoreQueued' | 'putBack' | 'continueQueue'>;

export function queueQuestions(services: Services): Questions {
  const { queue } = services;
  queue.startWith(({ id, datasetId, spec, name, repeatOf }) => beginRun(services, datasetId, spec, { name, repeatOf, queueId: id }));
  return {
    getQueue: () => queue.state,
    queueRun(datasetId, spec, expected) {
      // What is missing now is said now, not in an hour.
      const { startPath } = plannedRun(services, datasetId, spec);
      if (startPath !== undefined && !existsSync(startPath))
        throw new FailureError({ kind: 'bad-setting', problem: 'What this run starts from is gone from the disk. Choose another start.' });
      return queue.add({ datasetId, spec, expected });
    },
    moveQueued: (id, by) => queue.move(id, by),
    removeQueued: (id) => queue.remove(id),
    restoreQueued: (id) => queue.restore(id),
    putBack: (runId) => queue.putBack(() => unbegun(services.db, runId)),
    continueQueue: () => queue.goOn(),
  };
}
